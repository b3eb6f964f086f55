using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Matrix.Hls;

/// <summary>
/// Builds emitted projects into one executable and runs their test benches. Many projects share a translation unit, each in a
/// namespace of its own: the headers, which cost most, are read once for all.
/// </summary>
internal sealed class SimulationProgram(TemporaryFolder folder, IReadOnlyList<string> names)
{
    private const int ProjectsOfUnit = 16;

    /// <summary>Everything that emitted files include beside their own headers; inside of a namespace it would be too late for it.</summary>
    private static readonly string[] Headers = ["ap_fixed.h", "ap_int.h", "cstdio", "cstdlib", "cstring", "string", "type_traits", "vector"];

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string[] Flags = ["-O0", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas"];

    private readonly ConcurrentDictionary<string, string> _failures = new();
    private readonly ConcurrentBag<string> _objects = [];
    private readonly ConcurrentBag<string> _built = [];

    /// <summary>The compiler's first words for each project that does not compile.</summary>
    public IReadOnlyDictionary<string, string> Failures => _failures;

    /// <summary>Compiles all projects, links those that compile, and runs their test benches and then all samples.</summary>
    /// <returns>A line for each project that was built: both exit codes, or the first difference.</returns>
    public IReadOnlyDictionary<string, string> Run()
    {
        var chunks = names.Chunk(Math.Clamp((names.Count + 1) / 2, 1, ProjectsOfUnit)).Select((projects, n) => (Name: FormattableString.Invariant($"unit{n}"), Projects: projects));
        Parallel.ForEach(chunks, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) }, unit => Build(unit.Name, unit.Projects));
        File.WriteAllText(folder.Combine("all.cpp"), Starter());
        var linked = Compile(["all.cpp", .. _objects, "-o", "all"]);
        Assert.True(linked.ExitCode == 0, linked.ToString());

        var result = ToolProcess.RunAsync(folder.Combine("all"), [], folder.Path, Limit).GetAwaiter().GetResult();
        var lines = result.Output.Split('\n');
        return _built.ToDictionary(name => name, name => Ending(name, lines, result));
    }

    private static string Ending(string name, string[] lines, ToolResult result)
    {
        var own = Array.FindIndex(lines, line => line.StartsWith("= " + name + " ", StringComparison.Ordinal));
        var codes = own < 0 ? "no end: " + result : lines[own][(name.Length + 3)..];
        return codes == "0 0" ? codes : codes + " " + string.Join(' ', lines.Take(Math.Max(own, 0)).Skip(Math.Max(own - 2, 0)));
    }

    private void Build(string unit, string[] projects)
    {
        File.WriteAllText(folder.Combine(unit + ".cpp"), Unit(projects));
        var firmware = projects.Select(project => "-I" + Path.Combine(project, "firmware"));
        var result = Compile(["-c", .. firmware, unit + ".cpp", "-o", unit + ".o"]);
        if (result.ExitCode == 0)
        {
            _objects.Add(unit + ".o");
            Array.ForEach(projects, _built.Add);
        }
        else if (projects.Length == 1)
        {
            _failures[projects[0]] = string.Join('\n', result.Error.Split('\n').Take(12));
        }
        else
        {
            // One that does not compile takes the others with it: each by itself.
            Array.ForEach(projects, project => Build(project, [project]));
        }
    }

    // A project's own test bench is a program; here it is a function beside those of other projects.
    private string Unit(string[] projects)
    {
        var text = string.Concat(Headers.Concat(UsesStreams ? ["hls_stream.h"] : []).Select(header => $"#include <{header}>\n"));
        foreach (var project in projects)
        {
            var layers = Directory.GetFiles(folder.Combine(project, "firmware"), "*.cpp", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
            var includes = layers.Append(folder.Combine(project, "tb", project + "_tb.cpp")).Select(file => $"#include \"{Path.GetRelativePath(folder.Path, file)}\"\n");
            text += $"namespace {project}_project {{\n#define main program\n{string.Concat(includes)}#undef main\n}}\n"
                + $"int {project}_main(int count, char **arguments) {{ return {project}_project::program(count, arguments); }}\n";
        }

        return text;
    }

    private string Starter()
    {
        var built = _built.Order(StringComparer.Ordinal).ToArray();
        var lines = built.Select(name => $$"""
            int {{name}}_main(int, char **);
            static void run_{{name}}() {
              char program[] = "all", run[] = "--run", vectors[] = "{{name}}/tb/vectors.dat", codes[] = "{{name}}/codes", results[] = "{{name}}/results";
              char *check_arguments[] = { program, vectors }, *run_arguments[] = { program, run, codes, results };
              const int checked = {{name}}_main(2, check_arguments), ran = {{name}}_main(4, run_arguments);
              std::printf("= {{name}} %d %d\n", checked, ran);
              std::fflush(stdout);
            }

            """);
        return "#include <cstdio>\n" + string.Concat(lines) + "int main() {\n" + string.Concat(built.Select(name => $"  run_{name}();\n")) + "  return 0;\n}\n";
    }

    private bool UsesStreams => File.Exists(folder.Combine(names[0], "sim", "hls_stream.h"));

    private ToolResult Compile(string[] arguments) =>
        ToolProcess.RunAsync("g++", [.. Flags, .. Types(), .. arguments], folder.Path, Limit).GetAwaiter().GetResult();

    /// <summary>The stand-in header, or the vendor's where <c>HGQ_AP_TYPES</c> names their folder; those need C++14.</summary>
    private string[] Types() => Environment.GetEnvironmentVariable("HGQ_AP_TYPES") is { Length: > 0 } vendor
        ? ["-std=c++14", "-isystem", vendor, "-idirafter", Path.Combine(names[0], "sim")]
        : ["-std=c++11", "-I" + Path.Combine(names[0], "sim")];
}
