using System;
using System.Linq;
using System.Runtime.Intrinsics;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>The loops that are made at run time for the processor's vectors compute what the words of structs do.</summary>
public sealed class VectorLoopsTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    public void Every_kind_of_step_gives_the_words_that_structs_give(int lanes)
    {
        Type? vectors = Type.GetType(FormattableString.Invariant($"System.Runtime.Intrinsics.Vector{64 * lanes}"));
        var made = new VectorExpressions(vectors!, lanes);
        foreach (var kind in Enum.GetValues<BitOperationKind>().Except([BitOperationKind.Rom, BitOperationKind.Multiply]))
        {
            // Also with results in rows that are read.
            BitOperation[] steps = [new(kind, 5, 2, 3, 4, 6), new(kind, 2, 2, 5, 3, 4), new(kind, 3, 4, 6, 3, 2)];
            var rows = BlockExecution<RowPair<RowPair<BitRow>>>.Rows(7);
            var words = new ulong[7 * VectorLoops.Words];
            var random = new Random(3);
            for (int n = 0; n < words.Length; n++)
            {
                words[n] = (ulong)random.NextInt64();
                rows[n / VectorLoops.Words][n % VectorLoops.Words] = words[n];
            }

            BlockExecution<RowPair<RowPair<BitRow>>>.Run(new StepList(steps, [], []), rows);
            made.Loop(kind)!(steps, 0, steps.Length, words);

            Assert.Equal(Enumerable.Range(0, words.Length).Select(n => rows[n / VectorLoops.Words][n % VectorLoops.Words]), words);
        }
    }

    [Fact]
    public void There_are_loops_where_the_runtime_compiles() =>
        Assert.Equal(Vector128.IsHardwareAccelerated, VectorLoops.All is not null);

    [Fact]
    public void Both_ways_of_running_a_netlist_give_the_same_results()
    {
        var network = HardwareNetworkBuilder.Build(Lowerer.Lower(RandomGraphs.Dense(7)));
        BitNetlist netlist = NetworkMapper.Map(network, new(1));
        var evaluator = new NetlistEvaluator(netlist);
        const int samples = 1500;
        var random = new Random(4);
        long[] codes = [.. Enumerable.Range(0, samples * evaluator.InputSize).Select(_ => random.NextInt64(-512, 512))];
        long[] results = new long[samples * evaluator.OutputSize], expected = new long[samples * evaluator.OutputSize];

        evaluator.Run(codes, results, samples);
        var program = new RowProgram(netlist);
        var rows = new RowRun<BitRow>(program, new BlockPorts(netlist, program.Inputs, program.Outputs));
        for (int first = 0; first < samples; first += rows.Samples)
        {
            rows.Run(codes, expected, first, Math.Min(rows.Samples, samples - first));
        }

        Assert.Equal(expected, results);
        Assert.True(results.Distinct().Count() > 10);
    }
}
