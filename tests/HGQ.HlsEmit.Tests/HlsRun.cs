using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Emits, builds and runs a program, and compares it with the reference interpreter.</summary>
internal static class HlsRun
{
    /// <summary>All samples of the generator in the emitted code give the interpreter's integers, and the emitted test bench says so too.</summary>
    public static HlsProject AssertEqual(ModelGraph graph, HlsOptions? options = null) => AssertEqual(Lowerer.Lower(graph), options);

    /// <summary>The same for a program.</summary>
    public static HlsProject AssertEqual(IntegerProgram program, HlsOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var project = HlsEmitter.Emit(program, options ?? new HlsOptions());
        HlsProjectWriter.Write(project, folder.Path);
        var simulation = HlsSimulation.Build(folder.Path, project.Name);
        var (passed, output) = simulation.Check();
        Assert.True(passed, output);
        AssertEqual(program, simulation, [.. CornerVectors.Generate(program, new CornerOptions(Random: 48, OneHot: 64, Sums: 16)).Select(corner => corner.Codes.ToArray())]);
        return project;
    }

    /// <summary>The makefile of the emission builds and passes the test bench, with these arguments.</summary>
    public static async Task AssertCsim(ModelGraph graph, HlsOptions options, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        HlsProjectWriter.Write(HlsEmitter.Emit(Lowerer.Lower(graph), options), folder.Path);
        var run = await ToolProcess.RunAsync("make", ["csim", .. arguments], folder.Path, TimeSpan.FromMinutes(10));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("0 differences", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Samples give equal integers.</summary>
    public static void AssertEqual(IntegerProgram program, HlsSimulation simulation, IReadOnlyList<long[]> samples)
    {
        var results = simulation.Run(samples.SelectMany(sample => sample).ToArray(), program.InputCodeSize, program.OutputSize);
        var interpreter = new ReferenceInterpreter(program);
        var expected = new long[program.OutputSize];
        for (var n = 0; n < samples.Count; n++)
        {
            interpreter.Run(samples[n], expected);
            Assert.Equal(expected, results.AsSpan(n * expected.Length, expected.Length).ToArray());
        }
    }
}
