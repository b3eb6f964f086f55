using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Matrix.Hls;

/// <summary>Builds emitted projects into one executable and runs their test benches.</summary>
internal static class SimulationProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] Flags = ["-std=c++11", "-O0", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas", "-DHGQ_PROBES"];

    /// <summary>Compiles each project as one translation unit, two at a time, and links those that compile.</summary>
    /// <param name="folder">Folder that holds the projects.</param>
    /// <param name="names">Names of the projects: of their folders and top functions.</param>
    /// <param name="failures">The compiler's first words for each project that does not compile.</param>
    /// <returns>Full path of the executable.</returns>
    public static string Build(TemporaryFolder folder, IReadOnlyList<string> names, out IReadOnlyDictionary<string, string> failures)
    {
        var failed = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        Parallel.ForEach(names, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(2, Environment.ProcessorCount) }, name =>
        {
            File.WriteAllText(folder.Combine(name + ".cpp"), Unit(folder, name));
            var result = Compile(folder, ["-c", "-I" + Path.Combine(name, "sim"), "-I" + Path.Combine(name, "firmware"), name + ".cpp", "-o", name + ".o"]);
            if (result.ExitCode != 0)
            {
                failed[name] = string.Join('\n', result.Error.Split('\n').Take(12));
            }
        });

        failures = failed;
        var built = names.Except(failed.Keys).ToArray();
        File.WriteAllText(folder.Combine("all.cpp"), Starter(built));
        var linked = Compile(folder, ["all.cpp", .. built.Select(name => name + ".o"), "-o", "all"]);
        Assert.True(linked.ExitCode == 0, linked.ToString());
        return folder.Combine("all");
    }

    /// <summary>Runs all test benches, then all samples; gives a line for each project: both exit codes, or the first difference.</summary>
    public static IEnumerable<(string Name, string Line)> Run(string executable, TemporaryFolder folder, IEnumerable<string> names)
    {
        var result = ToolProcess.RunAsync(executable, [], folder.Path, Limit).GetAwaiter().GetResult();
        var lines = result.Output.Split('\n');
        foreach (var name in names)
        {
            var own = Array.FindIndex(lines, line => line.StartsWith("= " + name + " ", StringComparison.Ordinal));
            var codes = own < 0 ? "no end: " + result : lines[own][(name.Length + 3)..];
            yield return (name, codes == "0 0" ? codes : codes + " " + string.Join(' ', lines.Take(Math.Max(own, 0)).Skip(Math.Max(own - 2, 0))));
        }
    }

    // The project's own test bench is its own program; here it is a function beside those of other projects.
    private static string Unit(TemporaryFolder folder, string name)
    {
        var layers = Directory.GetFiles(folder.Combine(name, "firmware"), "*.cpp", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var includes = layers.Append(folder.Combine(name, "tb", name + "_tb.cpp")).Select(file => $"#include \"{Path.GetRelativePath(folder.Path, file)}\"\n");
        return $"#define main {name}_main\n" + string.Concat(includes);
    }

    private static string Starter(string[] names)
    {
        var lines = names.Select(name => $$"""
            int {{name}}_main(int, char **);
            static void run_{{name}}() {
              char program[] = "all", run[] = "--run", vectors[] = "{{name}}/tb/vectors.dat", codes[] = "{{name}}/codes", results[] = "{{name}}/results";
              char *check_arguments[] = { program, vectors }, *run_arguments[] = { program, run, codes, results };
              const int checked = {{name}}_main(2, check_arguments), ran = {{name}}_main(4, run_arguments);
              std::printf("= {{name}} %d %d\n", checked, ran);
              std::fflush(stdout);
            }

            """);
        return "#include <cstdio>\n" + string.Concat(lines) + "int main() {\n" + string.Concat(names.Select(name => $"  run_{name}();\n")) + "  return 0;\n}\n";
    }

    private static ToolResult Compile(TemporaryFolder folder, string[] arguments) =>
        ToolProcess.RunAsync("g++", [.. Flags, .. arguments], folder.Path, Limit).GetAwaiter().GetResult();
}
