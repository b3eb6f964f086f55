using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Program;
using HGQ.Testing.Graphs;
using HGQ.VerilogEmit.Projects;
using HGQ.VerilogEmit.Tests.Models;
using HGQ.VerilogEmit.Vectors;
using Xunit.Abstractions;

namespace HGQ.VerilogEmit.Tests.Mutations;

/// <summary>
/// The bench finds wrong hardware: of 300 changes of tables, wires and constants, each that changes any result of 100,000 random
/// samples is found by the samples that the bench runs.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Changes = 75;
    private const int Samples = 100_000;

    [Theory]
    [InlineData("dense")]
    [InlineData("convolution")]
    [InlineData("table")]
    [InlineData("softmax")]
    public void Every_change_that_changes_a_result_is_found(string name)
    {
        var graph = MutatedNetworks.Create(name, 11);
        var program = SmallNets.Lower(graph);
        var netlist = NetlistPlanner.Plan(program, new VerilogOptions { PipelineLevels = null, Effort = 1 });
        long[][] bench = [.. BenchVectors.Find(program, netlist, VerilogOptions.StandardVectors).Samples];
        long[] codes = [.. bench.SelectMany(sample => sample)], right = Results(netlist, codes, bench.Length);
        long[] others = RandomCodes(program), rightOthers = Results(netlist, others, Samples);
        var random = new Random(4711);
        int made = 0, found = 0, silent = 0;
        while (made < Changes)
        {
            if (NetlistMutation.Draw(netlist, random) is not { } mutant)
            {
                continue;
            }

            made++;
            if (!Results(mutant, codes, bench.Length).AsSpan().SequenceEqual(right))
            {
                found++;
                continue;
            }

            silent++;
            Assert.True(Results(mutant, others, Samples).AsSpan().SequenceEqual(rightOthers),
                $"change {made} of {name} is not found: {Difference(netlist, mutant)}");
        }

        output.WriteLine($"{name}: {made} changes, {found} found, {silent} change nothing; {bench.Length} samples");
        Assert.True(found > made / 2);
    }

    private static string Difference(BitNetlist netlist, BitNetlist mutant)
    {
        int at = Enumerable.Range(0, netlist.Cells.Length).First(n => netlist.Cells[n] != mutant.Cells[n]);
        return $"{netlist.Cells[at]} became {mutant.Cells[at]}";
    }

    private static long[] Results(BitNetlist netlist, long[] codes, int samples)
    {
        var evaluator = new NetlistEvaluator(netlist);
        var results = new long[samples * evaluator.OutputSize];
        evaluator.Run(codes, results, samples);
        return results;
    }

    private static long[] RandomCodes(IntegerProgram program)
    {
        FixedPointFormat[] formats = [.. program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats)];
        var random = new Random(815);
        return [.. Enumerable.Range(0, Samples)
            .SelectMany(_ => formats.Select(format => format.IsZero ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1)))];
    }
}
