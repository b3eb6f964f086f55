using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HGQ.Model.Lowering;
using HGQ.Testing;
using HGQ.Testing.Names;

namespace HGQ.HlsEmit.Tests.Names;

/// <summary>Thousands of hostile names for models, layers and ports, compiled; projects with many layers each, all their units as one.</summary>
public sealed partial class CppNameFuzz
{
    private const int LayersOfModel = 160;

    // Other names and more of them: HGQ_FUZZ_NAMES=20000.
    private static readonly int? Wanted = int.TryParse(Environment.GetEnvironmentVariable("HGQ_FUZZ_NAMES"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    [ToolTheory("g++")]
    [InlineData(HlsIoType.Parallel)]
    [InlineData(HlsIoType.Stream)]
    public async Task Every_name_gives_code_that_compiles(HlsIoType io)
    {
        int seed = Wanted is null ? 20260103 + (int)io : Random.Shared.Next();
        foreach (string[] own in HostileNames.Take(Wanted ?? 1_920, seed).Chunk(LayersOfModel).Where(own => own.Length == LayersOfModel))
        {
            using var folder = new TemporaryFolder();
            var graph = HostileModel.Create(own[0], own, [own[1], own[2]]);
            var project = HlsEmitter.Emit(Lowerer.Lower(graph), new HlsOptions { IoType = io, PipelineStyle = io == HlsIoType.Stream ? HlsPipelineStyle.Automatic : HlsPipelineStyle.Pipeline });
            HlsProjectWriter.Write(project, folder.Path);
            RequirePlainFiles(project);
            RequirePlainScripts(project);
            await Compile(project, folder.Path, seed);
        }
    }

    [Fact]
    public void Every_name_of_a_model_gives_a_project()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in HostileNames.Take(Wanted ?? 3_000, 20260105))
        {
            string top = Text.CppName.Top(name);

            Assert.True(Text.CppName.IsIdentifier(top) && Text.CppName.IsIdentifier(Text.CppName.Space(top)) && Text.CppName.Space(top) != top, name);
            names.Add(top);
        }

        Assert.True(names.Count > 1_000);
    }

    // All units of the firmware and the test bench at once, as strictly as the makefile does, in C++11 without extensions of the compiler's.
    private static async Task Compile(HlsProject project, string folder, int seed)
    {
        string[] sources = [.. project.Files.Keys.Where(path => path.EndsWith(".cpp", StringComparison.Ordinal))];
        await File.WriteAllTextAsync(Path.Combine(folder, "all.cpp"), string.Concat(sources.Select(path => $"#include \"{path}\"\n")));
        var run = await ToolProcess.RunAsync(
            "g++",
            ["-std=c++11", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-unknown-pragmas", "-Werror", "-Isim", "-Ifirmware", "all.cpp"],
            folder,
            TimeSpan.FromMinutes(5));

        Assert.True(run.ExitCode == 0, $"seed {seed.ToString(CultureInfo.InvariantCulture)}: {run.ToString()[..Math.Min(4000, run.ToString().Length)]}");
    }

    // One file each on machines where case does not count, and no name of a device.
    private static void RequirePlainFiles(HlsProject project)
    {
        Assert.All(project.Files.Keys, path => Assert.Matches(PlainPath(), path));
        Assert.All(project.Files.Keys, path => Assert.InRange(Path.GetFileName(path).Length, 1, 100));
        Assert.Equal(project.Files.Count, project.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(project.Files.Keys, path => Assert.DoesNotMatch(Device(), Path.GetFileName(path)));
    }

    // Names reach scripts as identifiers only. Comments are words of the template, which may hold a short name.
    private static void RequirePlainScripts(HlsProject project)
    {
        foreach (string name in new[] { "build_prj.tcl", "hls_config.cfg", "Makefile" })
        {
            string[] lines = project.Files[name].Split('\n');
            Assert.All(lines.Where(line => !line.StartsWith('#') && line.Contains(project.Name, StringComparison.Ordinal)), line =>
                Assert.Matches(PlainLine(), line));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./]+$")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])\.", RegexOptions.IgnoreCase)]
    private static partial Regex Device();

    [GeneratedRegex(@"^[ A-Za-z0-9_./=$():%*-]+( -cflags ""[^""\[\]$]*"")?( \\)?$")]
    private static partial Regex PlainLine();
}
