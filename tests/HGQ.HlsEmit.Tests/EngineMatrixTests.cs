using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.HlsEmit.Tests;

/// <summary>
/// Golden and random models in every form: io type, reuse factor, strategy. The firmware of all of them, and their test benches, are
/// compiled in a few translation units, and every bench passes. What a form does not change is compiled once.
/// </summary>
public sealed class EngineMatrixTests(ITestOutputHelper log)
{
    private const string Name = "matrixmodel";
    private const int Units = 4;

    // Compiled quickly, but each sample runs.
    private static readonly (string Compiler, string[] Flags) Fast = ("g++", ["-std=c++17", "-O0", "-w"]);

    private static readonly string[] Strict = ["-O0", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private static IEnumerable<IntegerProgram> Programs() =>
    [
        .. new[] { "dense", "convolution", "table", "pool", "subtract", "matmul", "clamp", "softmax", "attention" }
            .Select(GoldenTests.Program),
        SmallPrograms.Wide(),
        Lowerer.Lower(AnyModel.Dense(5, "net", 7, 6, 5, 4)),
        Lowerer.Lower(MutatedNetworks.Create("stream", 3)),
        Lowerer.Lower(AnyNetwork.Create(2, 3, 4)),
        Lowerer.Lower(RandomGraphs.Dense(8)),
    ];

    private static IEnumerable<HlsOptions> Forms(HlsTypes types, int[] factors, params HlsStrategy[] strategies) =>
        from io in new[] { HlsIoType.Parallel, HlsIoType.Stream }
        from reuse in factors
        from strategy in strategies
        select new HlsOptions { TopName = Name, Types = types, IoType = io, ReuseFactor = reuse, Strategy = strategy, Vectors = 0 };

    [ToolFact("g++")]
    public Task Every_form_of_every_model_gives_the_integers_of_the_interpreter() =>
        AssertAll([.. Forms(HlsTypes.Ap, [1, 2, 4], Enum.GetValues<HlsStrategy>())], 20, null, Fast);

    [ToolFact("g++", "clang++")]
    public Task Every_form_with_ac_types_gives_the_integers_of_the_interpreter() =>
        AssertAll(AcForms(), 5, null, ("g++", ["-std=c++11", .. Strict]), ("clang++", ["-std=c++17", .. Strict]));

    [AcHeadersFact]
    public Task The_open_headers_of_ac_types_give_the_integers_of_the_interpreter() =>
        AssertAll(AcForms(), 5, AcHeadersFactAttribute.Folder, Fast);

    private static HlsOptions[] AcForms() => [.. Forms(HlsTypes.Ac, [1, 4], HlsStrategy.Adders, HlsStrategy.Dsp)];

    private async Task AssertAll(
        HlsOptions[] all, int leastFolded, string? headers, params (string Compiler, string[] Flags)[] compilers)
    {
        var (forms, folded, projects) = (0, 0, new List<HlsProject>());
        foreach (var program in Programs())
        {
            var known = new HashSet<string>();
            foreach (var form in all)
            {
                forms++;
                var options = Emit(program, form);
                if (known.Add(Code(HlsEmitter.Emit(program, options))))
                {
                    projects.Add(HlsEmitter.Emit(program, options with { Vectors = 60 }));
                    folded += projects[^1].Report.Layers.Count(layer => layer.Fold is not null);
                }
            }
        }

        using var folder = new TemporaryFolder();
        var groups = Enumerable.Range(0, projects.Count).GroupBy(n => n % Units).Select(group => group.ToArray()).ToArray();
        for (var n = 0; n < projects.Count; n++)
        {
            Write(projects[n], n, folder.Path);
        }

        log.WriteLine(Invariant($"{forms} forms, {projects.Count} of them different, {folded} folded layers"));
        Assert.InRange(folded, leastFolded, int.MaxValue);
        foreach (var compiler in compilers)
        {
            var outputs = new List<string>();
            foreach (var pair in groups.Select((group, unit) => (group, unit)).Chunk(2))
            {
                outputs.AddRange(await Task.WhenAll(pair.Select(entry => Run(folder, entry.unit, entry.group, headers, compiler))));
            }

            var passed = outputs.SelectMany(output => output.Split('\n'))
                .Count(line => line.EndsWith(", 0 differences", StringComparison.Ordinal));
            Assert.Equal(projects.Count, passed);
        }
    }

    // Each dense layer is folded where the form allows that, whether it pays or not.
    private static HlsOptions Emit(IntegerProgram program, HlsOptions form)
    {
        var factors = form.ReuseFactor == 1 ? [] : FoldTests.Dense(program, form.ReuseFactor);
        var own = form with { LayerReuseFactors = factors };
        try
        {
            HlsEmitter.Emit(program, own);
            return own;
        }
        catch (HlsOptionException)
        {
            // A model with branches in arrays: one pipeline, where nothing is folded.
            return form with { PipelineStyle = HlsPipelineStyle.Pipeline };
        }
    }

    // Directives and comments change nothing that a compiler sees.
    private static string Code(HlsProject project) => string.Join('\n', project.Files
        .Where(file => file.Key.StartsWith("firmware/", StringComparison.Ordinal) || file.Key.EndsWith("_tb.cpp", StringComparison.Ordinal))
        .SelectMany(file => file.Value.Split('\n'))
        .Where(line => !line.StartsWith("#pragma", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal)));

    private static string Own(int n) => string.Create(CultureInfo.InvariantCulture, $"{Name}{n}x");

    private static void Write(HlsProject project, int n, string folder)
    {
        foreach (var (path, text) in project.Files)
        {
            var full = Path.Combine(folder, Own(n), path.Replace(Name, Own(n), StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            var guards = text.Replace(Name.ToUpperInvariant(), Own(n).ToUpperInvariant(), StringComparison.Ordinal);
            File.WriteAllText(full, guards.Replace(Name, Own(n), StringComparison.Ordinal));
        }
    }

    private static async Task<string> Run(
        TemporaryFolder folder, int unit, int[] projects, string? headers, (string Compiler, string[] Flags) compiler)
    {
        var text = new StringBuilder("#include <cstdio>\n#include <cstdlib>\n#include <cstring>\n#include <string>\n#include <vector>\n");
        text.Append("#include <type_traits>\n");
        foreach (var n in projects)
        {
            var firmware = Directory.EnumerateFiles(folder.Combine(Own(n), "firmware"), "*.cpp", SearchOption.AllDirectories);
            foreach (var path in firmware.Order(StringComparer.Ordinal))
            {
                text.Append("#include \"").Append(Path.GetRelativePath(folder.Path, path)).Append("\"\n");
            }

            // Everything that the bench includes is there already, so its namespace holds nothing but the bench.
            text.Append(CultureInfo.InvariantCulture, $"namespace bench{n} {{\n#include \"{Own(n)}/tb/{Own(n)}_tb.cpp\"\n}}\n");
        }

        text.Append("int main() {\n  int wrong = 0;\n  char name[] = \"sim\";\n");
        foreach (var n in projects)
        {
            text.Append("  {\n").Append(CultureInfo.InvariantCulture, $"    char path[] = \"{Own(n)}/tb/vectors.dat\";\n");
            text.Append("    char *arguments[] = {name, path};\n");
            text.Append(CultureInfo.InvariantCulture, $"    wrong += bench{n}::main(2, arguments) != 0;\n  }}\n");
        }

        var (source, program) = (Invariant($"unit{unit}.cpp"), Invariant($"unit{unit}"));
        await File.WriteAllTextAsync(folder.Combine(source), text.Append("  return wrong;\n}\n").ToString());

        // A project with streams has the header of streams too.
        var streaming = projects.First(n => Directory.EnumerateFiles(folder.Combine(Own(n), "sim")).Count() > 2);
        var sim = headers is null ? "-I" + folder.Combine(Own(streaming), "sim") : "-isystem" + headers;
        string[] includes = [.. projects.SelectMany(n => new[] { "-I" + Own(n) + "/firmware" })];
        var build = await ToolProcess.RunAsync(
            compiler.Compiler, [.. compiler.Flags, sim, .. includes, source, "-o", program], folder.Path, Limit);
        Assert.True(build.ExitCode == 0, build.ToString());
        var run = await ToolProcess.RunAsync(folder.Combine(program), [], folder.Path, Limit);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
