using System.Linq;
using System.Text;
using HGQ.Generators.Machines;
using HGQ.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace HGQ.Generators.Pipeline;

/// <summary><c>*.hgq.json</c> additional files and <c>[HgqModel("file")]</c> classes become bit-exact inference.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class HgqModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output =>
        {
            output.AddEmbeddedAttributeDefinition();
            output.AddSource(AttributeSource.HintName, SourceText.From(AttributeSource.Text.Replace("\r", string.Empty), Encoding.UTF8));
        });

        var classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeSource.MetadataName, ModelClass.IsCandidate, ModelClass.Read)
            .WithTrackingName(TrackingNames.ModelClasses);

        var named = classes.Select(static (declared, _) => declared.File).Collect()
            .Select(static (files, _) => (EquatableArray<string>)files.ToArray());

        var files = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Combine(named)
            .Where(ModelFileText.IsWanted)
            .Select(static (input, cancellation) => ModelFileText.Read(input.Left, cancellation))
            .WithTrackingName(TrackingNames.ModelFiles);

        var hasVectors = context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName(Machine.NewestType) is not null)
            .WithTrackingName(TrackingNames.Framework);

        // A referenced project may have the interface already: then it is that one.
        var needsInterface = classes.Select(static (declared, _) => declared.IsInstance).Collect()
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.GetTypeByMetadataName(AttributeSource.InterfaceMetadataName)
                is { DeclaredAccessibility: Accessibility.Public }))
            .Select(static (input, _) => input.Left.Any(static isInstance => isInstance) && !input.Right);
        context.RegisterSourceOutput(needsInterface, static (output, isNeeded) =>
        {
            if (isNeeded)
            {
                output.AddSource(AttributeSource.InterfaceHintName, SourceText.From(AttributeSource.Interface.Replace("\r", string.Empty), Encoding.UTF8));
            }
        });

        var generated = files.Collect().Combine(classes.Collect()).Combine(hasVectors)
            .SelectMany(static (input, _) => ModelRequests.Resolve(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(TrackingNames.Requests)
            .Select(ModelCompiler.Compile)
            .WithTrackingName(TrackingNames.Files);

        var sources = generated.Select(static (file, _) => (file.HintName, file.Source)).WithTrackingName(TrackingNames.Sources);
        context.RegisterSourceOutput(sources, static (output, file) =>
        {
            if (file.Source is not null)
            {
                output.AddSource(file.HintName, SourceText.From(file.Source, Encoding.UTF8));
            }
        });

        var diagnostics = generated.Select(static (file, _) => file.Diagnostics).WithTrackingName(TrackingNames.Diagnostics);
        context.RegisterSourceOutput(diagnostics, static (output, problems) => Report(output, problems));
    }

    private static void Report(SourceProductionContext output, EquatableArray<DiagnosticInfo> problems)
    {
        foreach (var problem in problems)
        {
            output.ReportDiagnostic(problem.ToDiagnostic());
        }
    }
}
