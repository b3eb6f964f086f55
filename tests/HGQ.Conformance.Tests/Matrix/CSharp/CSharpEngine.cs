using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Loader;
using HGQ.Generators;

namespace HGQ.Conformance.Tests.Matrix.CSharp;

/// <summary>Generated C#: all models in one compilation, every entry point at every vector width.</summary>
internal sealed class CSharpEngine : IMatrixEngine
{
    private delegate void Driver(
        long[] codes,
        double[] reals,
        float[] floats,
        int codeSamples,
        int realSamples,
        Action<string, long[]> ofCodes,
        Action<string, double[]> ofReals,
        Action<string, float[]> ofFloats,
        Action<string, int[]> classes);

    public string Name => "csharp";

    public bool NeedsCompiler => false;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models)
    {
        var image = GeneratedAssembly.Compile(models.Select((model, n) => Emit(model, ClassName(n))), out var problems);
        if (image is null)
        {
            // One that does not compile takes the others with it: each by itself.
            return models.Count == 1 ? [new MatrixVerdict(models[0]).Broken(problems)] : [.. models.SelectMany(model => Run([model]))];
        }

        var context = new AssemblyLoadContext(Name, isCollectible: true);
        try
        {
            var assembly = context.LoadFromStream(image);
            return [.. models.Select((model, n) => Run(model, assembly.GetType(ClassName(n))!))];
        }
        finally
        {
            context.Unload();
        }
    }

    private static string ClassName(int n) => string.Create(CultureInfo.InvariantCulture, $"Model{n}");

    private static (string Generated, string Driver) Emit(MatrixModel model, string className)
    {
        var generated = CSharpEmitter.Emit(model.Program, new CSharpOptions(string.Empty, className));
        var codeType = generated.Contains("void PredictRaw(global::System.ReadOnlySpan<int>", StringComparison.Ordinal) ? "int" : "long";
        return (generated, EntryPointDriver.Source(className, codeType, model.Program.Outputs.Length == 1));
    }

    private static MatrixVerdict Run(MatrixModel model, Type type)
    {
        var verdict = new MatrixVerdict(model);
        type.GetMethod(EntryPointDriver.Method)!.CreateDelegate<Driver>()(
            [.. model.Codes.SelectMany(codes => codes)],
            [.. model.Reals.SelectMany(reals => reals)],
            [.. model.Floats.SelectMany(floats => floats)],
            model.Codes.Length,
            model.Reals.Length,
            verdict.CompareCodes,
            verdict.CompareReals,
            verdict.CompareFloats,
            verdict.CompareClasses);
        return verdict;
    }
}
