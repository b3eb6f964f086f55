using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.VerilogEmit.Simulation;

namespace HGQ.VerilogEmit;

/// <summary>Builds an emitted project with Verilator and runs samples through it.</summary>
public sealed class VerilogSimulation
{
    private static readonly string[] Tools = ["verilator", "make", "g++"];

    private readonly string _directory;
    private readonly string _executable;

    private VerilogSimulation(string directory, string executable, TimeSpan buildTime)
    {
        _directory = directory;
        _executable = executable;
        BuildTime = buildTime;
    }

    /// <summary>Time that the build took.</summary>
    public TimeSpan BuildTime { get; }

    /// <summary>Why nothing can be simulated on this machine, for example <c>no verilator on the PATH</c>; null where it can.</summary>
    public static string? MissingTool => MissingOn(SearchPath);

    private static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    /// <summary>Builds the project in a folder.</summary>
    /// <param name="directory">Folder that <see cref="VerilogProject.Write"/> wrote.</param>
    /// <param name="top">Name of the top module, <see cref="VerilogProject.Name"/>.</param>
    /// <exception cref="VerilogToolMissingException">There is no Verilator, make or compiler.</exception>
    /// <exception cref="VerilogSimulationException">The build failed; the message holds the first errors, <c>build/verilator.log</c>
    /// all.</exception>
    public static VerilogSimulation Build(string directory, string top)
    {
        if (MissingTool is { } reason)
        {
            throw new VerilogToolMissingException(reason);
        }

        var run = ToolProcess.Run(ToolSearch.Find("make", SearchPath)!, directory, ["--no-print-directory", "build"]);
        if (run.ExitCode != 0)
        {
            throw new VerilogSimulationException(
                string.Create(CultureInfo.InvariantCulture,
                    $"The simulation of '{top}' does not build (exit code {run.ExitCode}):\n{FirstErrors(run.Output)}"));
        }

        return new VerilogSimulation(directory, Path.Combine(Path.GetFullPath(directory), "build", "verilator", top + "_sim"), run.Elapsed);
    }

    /// <summary>Runs the self-checking test bench: whether it passed, and what it said (the first difference where it did not).</summary>
    public (bool Passed, string Output) Check()
    {
        var run = ToolProcess.Run(_executable, _directory, [Path.Combine("tb", "vectors.hex")]);
        return (run.ExitCode == 0, run.Output);
    }

    /// <summary>
    /// Runs samples; gives the results of each, 64-bit storage as <see cref="Model.Interpretation.ReferenceInterpreter.Run"/> does.
    /// </summary>
    /// <param name="codes">Input codes of all samples, one behind the other.</param>
    /// <param name="codesPerSample">Codes of one sample.</param>
    /// <param name="resultsPerSample">Results of one sample.</param>
    /// <exception cref="VerilogSimulationException">The simulation failed or gave the wrong number of results.</exception>
    public long[] Run(ReadOnlySpan<long> codes, int codesPerSample, int resultsPerSample)
    {
        if (codesPerSample < 1 || codes.Length % codesPerSample != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{codes.Length} codes are no whole number of samples of {codesPerSample}."),
                    nameof(codes));
        }

        var folder = Directory.CreateTempSubdirectory("hgq-verilog-");
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "codes"), Path.Combine(folder.FullName, "results"));
            WriteNumbers(input, codes);
            var run = ToolProcess.Run(_executable, _directory, ["--run", input, output]);
            var expected = codes.Length / codesPerSample * resultsPerSample;
            if (run.ExitCode != 0 || new FileInfo(output).Length != (long)expected * sizeof(long))
            {
                throw new VerilogSimulationException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"The simulation ended with exit code {run.ExitCode} without all results. {run.Output}"));
            }

            return ReadNumbers(output, expected);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Why nothing can be simulated with the programs of a search path, or null.</summary>
    internal static string? MissingOn(string? path) =>
        Tools.FirstOrDefault(tool => ToolSearch.Find(tool, path) is null) is { } missing ? $"no {missing} on the PATH" : null;

    private static void WriteNumbers(string path, ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(long)];
        for (var n = 0; n < numbers.Length; n++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(n * sizeof(long)), numbers[n]);
        }

        File.WriteAllBytes(path, bytes);
    }

    private static long[] ReadNumbers(string path, int count)
    {
        var bytes = File.ReadAllBytes(path);
        return Enumerable.Range(0, count).Select(n => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(n * sizeof(long)))).ToArray();
    }

    private static string FirstErrors(string output)
    {
        var lines = output.Split('\n');
        IEnumerable<string> errors = lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Take(5);
        return string.Join("\n", errors.DefaultIfEmpty(lines[^1]));
    }
}
