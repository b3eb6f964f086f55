using System;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.Package.Tests.Portability;

/// <summary>Samples of a model with the interpreter's answers, as the consumer program reads them: codes, raw results, reals, real results.</summary>
internal static class ModelSamples
{
    private const int Count = 137;

    public static void Write(ModelGraph graph, string path)
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(graph));
        double[][] samples = Array.ConvertAll(RandomGraphs.Samples(graph, seed: 11, Count), sample => Array.ConvertAll(sample, x => (double)(float)x));
        long[][] codes = Array.ConvertAll(samples, sample => Encode(interpreter, sample));
        long[][] raw = Array.ConvertAll(codes, sample => Run(interpreter, sample));
        using var file = new BinaryWriter(File.Create(path));
        file.Write(Count);
        Array.ForEach([.. codes.SelectMany(sample => sample)], code => file.Write((int)code));
        Array.ForEach([.. raw.SelectMany(results => results)], result => file.Write((int)result));
        Array.ForEach([.. samples.SelectMany(sample => sample)], file.Write);
        Array.ForEach([.. raw.SelectMany(interpreter.Decode)], file.Write);
    }

    private static long[] Encode(ReferenceInterpreter interpreter, double[] sample)
    {
        var codes = new long[interpreter.Program.InputCodeSize];
        interpreter.Encode(sample, codes);
        return codes;
    }

    private static long[] Run(ReferenceInterpreter interpreter, long[] codes)
    {
        var results = new long[interpreter.Program.OutputSize];
        interpreter.Run(codes, results);
        return results;
    }
}
