using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Testing;

namespace HGQ.VerilogEmit.Tests.Models;

/// <summary>Several projects on disk, and a module that runs all their test benches.</summary>
internal sealed class BatchFolder : IDisposable
{
    /// <summary>The module that instantiates all benches.</summary>
    public const string Top = "all_benches";

    private readonly TemporaryFolder _folder = new();

    public BatchFolder(IReadOnlyList<VerilogProject> projects)
    {
        Projects = projects;
        var models = projects.First(project => project.Files.ContainsKey("rtl/primitives_sim.v"));
        var sources = new List<string> { "primitives_sim.v", Top + ".v" };
        File.WriteAllText(_folder.Combine("primitives_sim.v"), models.Files["rtl/primitives_sim.v"]);
        foreach (var project in projects)
        {
            File.WriteAllText(_folder.Combine(project.Name + ".hex"), project.Files["tb/vectors.hex"]);
            foreach (var (path, text) in project.Files.Where(file =>
                file.Key.EndsWith(".v", StringComparison.Ordinal) && !file.Key.EndsWith("primitives_sim.v", StringComparison.Ordinal)))
            {
                string name = path.Replace('/', '_');
                File.WriteAllText(_folder.Combine(name), text);
                if (!path.StartsWith("sim/", StringComparison.Ordinal))
                {
                    sources.Add(name);
                }
            }
        }

        var all = projects.SelectMany(Benches).ToArray();
        var benches = all.Select((bench, n) => $"  {bench.Module}_tb #(.VECTORS(\"{bench.Project.Name}.hex\"), .FINISH(0)) b{n} ();\n");
        var done = all.Select((_, n) => $"b{n}.done");
        File.WriteAllText(
            _folder.Combine(Top + ".v"),
                $"module {Top};\n{string.Concat(benches)}  always @* if ({string.Join(" && ", done)}) $finish;\nendmodule\n");
        Sources = sources;
    }

    public IReadOnlyList<VerilogProject> Projects { get; }

    public IReadOnlyList<string> Sources { get; }

    public string Path => _folder.Path;

    // Streams have a bench of their own.
    private static IEnumerable<(VerilogProject Project, string Module)> Benches(VerilogProject project) =>
        project.Report.Options.Io == VerilogIo.Axis ? [(project, project.Name), (project, project.Name + "_axis")]
            : [(project, project.Name)];

    public void Dispose() => _folder.Dispose();

    /// <summary>Every bench says that it found no difference.</summary>
    public void AssertPassed(string output)
    {
        var lines = output.Split('\n').Select(line => line.TrimEnd('\r')).ToHashSet(StringComparer.Ordinal);
        var missing = Projects.SelectMany(Benches).Select(bench =>
            $"{bench.Module}: {bench.Project.Report.Vectors} samples, 0 differences").Where(line => !lines.Contains(line)).ToArray();
        Assert.True(missing.Length == 0, string.Join("\n", missing) + "\n" + output);
    }
}
