using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.HlsEmit.Simulation;

namespace HGQ.HlsEmit;

/// <summary>Builds an emitted project with a plain C++ compiler and runs samples through it.</summary>
public sealed class HlsSimulation
{
    private static readonly string[] Compilers = ["g++", "clang++"];

    private readonly string _directory;
    private readonly string _executable;

    private HlsSimulation(string directory, string executable, string compiler, TimeSpan buildTime)
    {
        _directory = directory;
        _executable = executable;
        Compiler = compiler;
        BuildTime = buildTime;
    }

    /// <summary>Name of the compiler that built it.</summary>
    public string Compiler { get; }

    /// <summary>Time that the build took.</summary>
    public TimeSpan BuildTime { get; }

    /// <summary>Why nothing can be simulated on this machine, for example <c>no g++ or clang++ on the PATH</c>; null where it can.</summary>
    public static string? MissingTool => MissingOn(SearchPath);

    private static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    /// <summary>Builds the project in a folder.</summary>
    /// <param name="directory">Folder that <see cref="HlsProjectWriter"/> wrote.</param>
    /// <param name="top">Name of the top function, <see cref="HlsProject.Name"/>.</param>
    /// <exception cref="HlsToolMissingException">There is no compiler or no make.</exception>
    /// <exception cref="HlsSimulationException">The build failed; the message holds the compiler's first errors.</exception>
    public static HlsSimulation Build(string directory, string top)
    {
        if (MissingTool is { } reason)
        {
            throw new HlsToolMissingException(reason);
        }

        var compiler = ToolSearch.FindFirst(Compilers, SearchPath)!;
        var run = ToolProcess.Run(ToolSearch.Find("make")!, directory, ["--no-print-directory", "build", "CXX=" + compiler]);
        if (run.ExitCode != 0)
        {
            throw new HlsSimulationException(
                string.Create(CultureInfo.InvariantCulture, $"The C++ simulation of '{top}' does not build (exit code {run.ExitCode}):\n{FirstErrors(run.Output)}"));
        }

        return new HlsSimulation(directory, Path.Combine(Path.GetFullPath(directory), "build", "c++11", top + "_sim"), Path.GetFileNameWithoutExtension(compiler), run.Elapsed);
    }

    /// <summary>Runs the self-checking test bench: whether it passed, and what it said (the first difference where it did not).</summary>
    public (bool Passed, string Output) Check()
    {
        var run = ToolProcess.Run(_executable, _directory, [Path.Combine("tb", "vectors.dat")]);
        return (run.ExitCode == 0, run.Output);
    }

    /// <summary>Runs samples; gives the results of each, 64-bit storage as <see cref="Model.Interpretation.ReferenceInterpreter.Run"/> does.</summary>
    /// <param name="codes">Input codes of all samples, one behind the other.</param>
    /// <param name="codesPerSample">Codes of one sample.</param>
    /// <param name="resultsPerSample">Results of one sample.</param>
    /// <exception cref="HlsSimulationException">The simulation failed or gave the wrong number of results.</exception>
    public long[] Run(ReadOnlySpan<long> codes, int codesPerSample, int resultsPerSample)
    {
        if (codesPerSample < 1 || codes.Length % codesPerSample != 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{codes.Length} codes are no whole number of samples of {codesPerSample}."), nameof(codes));
        }

        var folder = Directory.CreateTempSubdirectory("hgq-hls-");
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "codes"), Path.Combine(folder.FullName, "results"));
            WriteNumbers(input, codes);
            var run = ToolProcess.Run(_executable, _directory, ["--run", input, output]);
            var expected = codes.Length / codesPerSample * resultsPerSample;
            if (run.ExitCode != 0 || new FileInfo(output).Length != (long)expected * sizeof(long))
            {
                throw new HlsSimulationException(
                    string.Create(CultureInfo.InvariantCulture, $"The C++ simulation ended with exit code {run.ExitCode} without all results. {run.Output}"));
            }

            return ReadNumbers(output, expected);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Why nothing can be simulated with the programs of a search path, or null.</summary>
    internal static string? MissingOn(string? path) => ToolSearch.FindFirst(Compilers, path) is null
        ? "no g++ or clang++ on the PATH"
        : ToolSearch.Find("make", path) is null ? "no make on the PATH" : null;

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
