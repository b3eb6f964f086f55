using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;

namespace HGQ.Generators.Pipeline;

/// <summary>Request → generated file. Whatever is wrong becomes a diagnostic; only cancellation passes through.</summary>
internal static class ModelCompiler
{
    public static GeneratedFile Compile(ModelRequest request, CancellationToken cancellation)
    {
        if (request.Text is null)
        {
            return new GeneratedFile(string.Empty, null, request.Problems);
        }

        try
        {
            string source = ModelSource.Generate(request.Text, request.Options, cancellation);
            if (OwnMember.FirstIn(request.Members, source, cancellation) is { } own)
            {
                return Failed(new DiagnosticInfo(
                    Descriptors.OwnMember, own.Path, own.Line, own.Column, new[] { request.Options.ClassName, own.Title }));
            }

            var size = DiagnosticInfo.At(Descriptors.GeneratedSize, request.Path, 0, 0, request.FullName, Number(source.Length), Number(request.Text.Length));
            return new GeneratedFile(request.HintName, source, new[] { size });
        }
        catch (ModelFormatException problem)
        {
            return Failed(problem.Errors
                .Select(error => DiagnosticInfo.At(error.Code, request.Path, Math.Max(0, error.Line - 1), Math.Max(0, error.Column - 1), error.Message))
                .ToArray());
        }
        catch (ModelGraphException problem)
        {
            // The lowering knows the layer, not its place in the file.
            var (line, column) = LayerPosition.Of(request.Text, problem.Layer);
            return Failed(DiagnosticInfo.At(problem.Code, request.Path, line, column, problem.Message));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return Failed(DiagnosticInfo.At(Descriptors.InternalError, request.Path, 0, 0, defect.GetType().Name + ": " + defect.Message));
        }
    }

    private static GeneratedFile Failed(params DiagnosticInfo[] problems) => new(string.Empty, null, problems);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
