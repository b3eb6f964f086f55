using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>Samples of a program as codes, with what the interpreter answers.</summary>
internal sealed record HardwareSamples(IntegerProgram Program, long[] Codes, long[] Results, int Count)
{
    /// <summary>Random reals around the borders of the inputs, and codes at the ends of sums.</summary>
    public static HardwareSamples Of(ModelGraph graph, int seed, int reals = 12)
    {
        var program = Lowerer.Lower(graph);
        var interpreter = new ReferenceInterpreter(program);
        var encoded = RandomGraphs.Samples(graph, seed, reals).Select(sample =>
        {
            var codes = new long[program.InputCodeSize];
            interpreter.Encode(sample, codes);
            return codes;
        });
        var corners = CornerVectors.Generate(program, new CornerOptions(OneHot: 4, Sums: 8, Random: 16, Seed: (ulong)seed));
        return FromCodes(program, [.. encoded, .. corners.Select(corner => corner.Codes.ToArray())]);
    }

    /// <summary>Given codes.</summary>
    public static HardwareSamples FromCodes(IntegerProgram program, long[][] codes)
    {
        var interpreter = new ReferenceInterpreter(program);
        var results = new long[codes.Length * program.OutputSize];
        var one = new long[program.OutputSize];
        for (int n = 0; n < codes.Length; n++)
        {
            interpreter.Run(codes[n], one);
            one.CopyTo(results, n * one.Length);
        }

        return new HardwareSamples(program, [.. codes.SelectMany(code => code)], results, codes.Length);
    }

    /// <summary>The codes of a sample.</summary>
    public long[] CodesOf(int sample) => Codes.AsSpan(sample * Program.InputCodeSize, Program.InputCodeSize).ToArray();

    /// <summary>The expected results of a sample.</summary>
    public long[] ResultsOf(int sample) => Results.AsSpan(sample * Program.OutputSize, Program.OutputSize).ToArray();
}
