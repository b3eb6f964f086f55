using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using HGQ.Generators;
using HGQ.HlsEmit;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.EmissionHashes;

/// <summary>Emits models as C# and as HLS projects; each file becomes a line.</summary>
internal static class EmittedFiles
{
    // The C++ of a larger model takes minutes and shows nothing that a smaller one does not.
    private const int MostCppWeights = 150_000;

    /// <summary>Prints the lines of all models.</summary>
    public static void Print(IEnumerable<EmittedModel> models, TextWriter output)
    {
        foreach (var model in models)
        {
            IntegerProgram program = Lowerer.Lower(model.Graph);
            string source = ModelSource.Generate(model.Graph, program, new CSharpOptions("Models", "Model"));
            output.WriteLine($"{Hash(source)}  {model.Name}/csharp");
            if (Weights(model.Graph) > MostCppWeights)
            {
                continue;
            }

            var options = new HlsOptions { TopName = "model", Vectors = 0 };
            Print(model.Name + "/parallel", program, options with { IoType = HlsIoType.Parallel }, output);
            Print(model.Name + "/stream", program, options with { IoType = HlsIoType.Stream }, output);
        }
    }

    private static void Print(string name, IntegerProgram program, HlsOptions options, TextWriter output)
    {
        try
        {
            foreach (var (file, text) in HlsEmitter.Emit(program, options).Files)
            {
                output.WriteLine($"{Hash(text)}  {name}/{file}");
            }
        }
        catch (Exception refusal) when (refusal is HlsOptionException or HlsEmitException)
        {
            output.WriteLine($"{Hash(refusal.Message)}  {name}/refused");
        }
    }

    private static long Weights(ModelGraph graph) =>
        graph.Layers.OfType<DenseLayer>().Sum(layer => (long)layer.Kernel.Format.Shape.Size)
        + graph.Layers.OfType<ConvLayer>().Sum(layer => (long)layer.Kernel.Format.Shape.Size);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
