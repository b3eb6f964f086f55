using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Lowering;

/// <summary>Lowered programs against the exact definition of every layer (docs/integer-program.md).</summary>
public sealed class RandomProgramTests
{
    [Fact]
    public void Dense_models_equal_the_definition()
        => FuzzSeeds.Check(300, 1, seeds => AssertEqual(RandomGraphs.Dense(seeds[0]), seeds[0]));

    [Fact]
    public void Models_of_all_layers_equal_the_definition()
        => FuzzSeeds.Check(800, 1, seeds => AssertEqual(RandomGraphs.Any(seeds[0]), seeds[0]));

    private static void AssertEqual(ModelGraph graph, int seed)
    {
        foreach (var options in new[] { LoweringOptions.Default, LoweringOptions.Plain, new LoweringOptions(true, false, true) })
        {
            var interpreter = new ReferenceInterpreter(Lowerer.Lower(graph, options));
            foreach (var sample in RandomGraphs.Samples(graph, seed, 12))
            {
                AssertSample(graph, interpreter, sample);
            }
        }
    }

    private static void AssertSample(ModelGraph graph, ReferenceInterpreter interpreter, double[] sample)
    {
        var program = interpreter.Program;
        long[] results = interpreter.Predict(sample);
        var expected = ExactEvaluator.Evaluate(graph, sample);
        int n = 0;
        foreach (var (output, source) in program.Outputs.Zip(graph.Outputs))
        {
            var values = expected[source.Layer];
            for (int e = 0; e < values.Length; e++, n++)
            {
                var format = program.Buffers[output.Buffer].Formats[e];
                Assert.Equal(values[e], new Dyadic(format.FromStorage(results[n]), format.FractionBits), (a, b) => a.CompareTo(b) == 0);
            }
        }

        AssertProbes(interpreter, expected);
    }

    private static void AssertProbes(ReferenceInterpreter interpreter, System.Collections.Generic.IReadOnlyDictionary<string, Dyadic[]> expected)
    {
        foreach (var probe in interpreter.Program.Probes)
        {
            for (int e = 0; e < probe.Indices.Length; e++)
            {
                if (probe.Indices[e] == HGQ.Model.Program.LayerProbe.Dead)
                {
                    continue;
                }

                long raw = probe.Indices[e] == HGQ.Model.Program.LayerProbe.Constant
                    ? probe.Constants[e]
                    : interpreter.Buffers[probe.Buffer][probe.Indices[e]];
                var format = probe.Formats[e];
                var found = format.IsZero ? Dyadic.Zero : new Dyadic(format.FromStorage(raw), format.FractionBits);
                Assert.True(expected[probe.Layer][e].CompareTo(found) == 0, $"layer {probe.Layer}, element {e}");
            }
        }
    }
}
