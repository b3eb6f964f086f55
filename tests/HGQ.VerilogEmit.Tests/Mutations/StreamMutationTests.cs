using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Program;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using HGQ.VerilogEmit.Projects;
using HGQ.VerilogEmit.Tests.Models;
using HGQ.VerilogEmit.Vectors;
using Xunit.Abstractions;

namespace HGQ.VerilogEmit.Tests.Mutations;

/// <summary>
/// The bench finds wrong streams: each change of a circuit, of a window, of a counter, of a table, of a condition or of an order of bits
/// that changes any result of many other samples is found by the samples that the bench runs.
/// </summary>
public sealed class StreamMutationTests(ITestOutputHelper output)
{
    private const int CircuitChanges = 60;
    private const int TextChanges = 20;
    private const int Samples = 20_000;
    private const int OtherSamples = 100;
    private const int FirstSamples = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("convolution")]
    [InlineData("edge")]
    public void Changes_of_circuits_and_windows_are_found(string name)
    {
        var program = SmallNets.Lower(Graph(name));
        var design = NetlistPlanner.PlanStream(program, new VerilogOptions { PipelineLevels = null, Effort = 1 });
        var whole = StreamUnrolling.Run(design);
        long[][] bench = [.. BenchVectors.Find(program, whole, VerilogOptions.StandardVectors, 16).Samples];
        long[] codes = [.. bench.SelectMany(sample => sample)], right = Results(whole, codes, bench.Length);
        long[] others = [.. Codes(program, Samples, 815).SelectMany(sample => sample)], rightOthers = Results(whole, others, Samples);
        var random = new Random(4711);
        int made = 0, found = 0;
        while (made < CircuitChanges)
        {
            if (Changed(design, random) is not { } mutant)
            {
                continue;
            }

            made++;
            var changed = StreamUnrolling.Run(mutant);
            bool shows = !Results(changed, codes, bench.Length).AsSpan().SequenceEqual(right);
            found += shows ? 1 : 0;
            Assert.True(shows || Results(changed, others, Samples).AsSpan().SequenceEqual(rightOthers),
                $"change {made} of {name} is not found");
        }

        output.WriteLine($"{name}: {made} changes, {found} found, {made - found} change nothing; {bench.Length} samples");
        Assert.True(found > made / 2);
    }

    [ToolTheory("iverilog", "vvp")]
    [InlineData("convolution")]
    [InlineData("edge")]
    public async Task Changes_of_counters_delays_and_conditions_are_found(string name)
    {
        using var folder = new TemporaryFolder();
        var program = SmallNets.Lower(Graph(name));
        var options = new VerilogOptions
        {
            Io = VerilogIo.Stream,
            TopName = "net",
            Target = VerilogTarget.Generic,
            PipelineLevels = 2,
            Effort = 1,
            Vectors = 1,
        };
        var project = VerilogEmitter.Emit(program, options);
        project.Write(folder.Path);
        var plan = HGQ.VerilogEmit.Plans.StreamPlan.Of("net", project.Streams!);
        await File.WriteAllTextAsync(
            folder.Combine("others.hex"), VectorFile.Write(program, plan.Inputs, plan.Outputs, [.. Codes(program, OtherSamples, 77)]));
        string bench = project.Files["tb/net_tb.v"], samples = $"SAMPLES = {project.Report.Vectors};";
        Assert.Contains(samples, bench, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.Combine("others_tb.v"),
            bench.Replace(samples, $"SAMPLES = {OtherSamples};", StringComparison.Ordinal)
            .Replace("tb/vectors.hex", "others.hex", StringComparison.Ordinal));
        Assert.True(await Passes(folder, "tb/net_tb.v", FirstSamples) && await Passes(folder, "others_tb.v", OtherSamples));

        var sites = StreamTextMutation.Sites(project.Files);
        var random = new Random(11);
        int found = 0;
        for (int made = 1; made <= TextChanges; made++)
        {
            var (path, text, what) = sites[random.Next(sites.Count)];
            await File.WriteAllTextAsync(folder.Combine(path), text);
            bool shows = !await Passes(folder, "tb/net_tb.v", FirstSamples);
            found += shows ? 1 : 0;
            if (!shows && !await Passes(folder, "others_tb.v", OtherSamples))
            {
                Assert.False(await Passes(folder, "tb/net_tb.v", project.Report.Vectors), $"change {made} of {path} is not found: {what}");
            }

            await File.WriteAllTextAsync(folder.Combine(path), project.Files[path]);
        }

        output.WriteLine($"{name}: {TextChanges} changes of {sites.Count} places, {found} found; {project.Report.Vectors} samples");
        Assert.True(found > TextChanges * 2 / 3);
    }

    private static ModelGraph Graph(string name) => name == "edge" ? SmallNets.Edge : MutatedNetworks.Create(name, 11);

    // A change of the circuit of a unit, or a place of its window that is read elsewhere.
    private static StreamDesign? Changed(StreamDesign design, Random random)
    {
        int at = random.Next(design.Units.Length);
        var unit = design.Units[at];
        var changed = unit;
        if (random.Next(4) > 0)
        {
            changed = NetlistMutation.Draw(unit.Circuit, random) is { } circuit ? unit with { Circuit = circuit } : unit;
        }
        else
        {
            int channels = unit.Line.Formats.Length;
            int[] window = [.. unit.Line.Window];
            window[random.Next(window.Length)] = random.Next(unit.Line.Length * channels);
            bool fits = window.Zip(unit.Line.Window).All(pair =>
                unit.Line.Formats[pair.First % channels].Width >= unit.Line.Formats[pair.Second % channels].Width);
            changed = fits ? unit with { Line = unit.Line with { Window = window } } : unit;
        }

        return changed == unit ? null : design with { Units = design.Units.Select((other, n) => n == at ? changed : other).ToArray() };
    }

    private static async Task<bool> Passes(TemporaryFolder folder, string bench, int samples)
    {
        string[] rtl = [.. Directory.GetFiles(folder.Combine("rtl"))];
        var built = await ToolProcess.RunAsync(
            "iverilog", ["-g2001", $"-Pnet_tb.RUN={samples}", "-s", "net_tb", "-o", "net.vvp", .. rtl, "tb/net_samples.v", bench],
                folder.Path, Limit);
        Assert.True(built.ExitCode == 0, built.ToString());
        var run = await ToolProcess.RunAsync("vvp", ["-n", "net.vvp"], folder.Path, Limit);
        return run.Output.Contains(" 0 differences", StringComparison.Ordinal);
    }

    private static long[] Results(BitNetlist netlist, long[] codes, int samples)
    {
        var evaluator = new NetlistEvaluator(netlist);
        var results = new long[samples * evaluator.OutputSize];
        evaluator.Run(codes, results, samples);
        return results;
    }

    private static IEnumerable<long[]> Codes(IntegerProgram program, int samples, int seed)
    {
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        var random = new Random(seed);
        return Enumerable.Range(0, samples).Select(_ => formats.Select(format =>
            format.IsZero ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1)).ToArray());
    }
}
