using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>
/// The tool while a thread collects and finalizes without pause, compiled so that the compiler forgets references as early as it may:
/// what native code reads without a living owner is freed at once. All files and messages must be those of an undisturbed run.
/// </summary>
public sealed partial class HostileCollectionTests
{
    private static readonly string[] Train =
    [
        "train", "samples/data/clusters.csv", "--target", "cluster", "--method", "recipe", "--epochs", "120", "--hidden", "8",
        "--batch", "64", "--seed", "3", "--quiet",
    ];

    private static readonly Dictionary<string, string?> Hostile = new()
    {
        ["DOTNET_STARTUP_HOOKS"] = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, Hook())),
        ["DOTNET_TieredCompilation"] = "0",
    };

    [Fact]
    public async Task Training_evaluation_and_verification_are_those_of_an_undisturbed_run()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);

        ToolResult undisturbed = await HgqTool.RunAsync(folder.Path, [.. Train, "--out", "undisturbed"]);
        ToolResult disturbed = await HgqTool.RunAsync(folder.Path, Hostile, [.. Train, "--out", "disturbed"]);

        Assert.True(undisturbed.ExitCode == 0, undisturbed.ToString());
        Assert.True(disturbed.ExitCode == 0, disturbed.ToString());
        AssertEqualFolders(folder.Combine("undisturbed"), folder.Combine("disturbed"));
        foreach (string[] command in new string[][]
                 {
                     ["verify", "undisturbed/model.hgq.json", "--engines", "interpreter"],
                     ["evaluate", "undisturbed/model.hgq.json", "--data", "samples/data/clusters.csv", "--target", "cluster"],
                 })
        {
            ToolResult expected = await HgqTool.RunAsync(folder.Path, command);
            Assert.True(expected.ExitCode == 0, expected.ToString());
            ToolResult found = await HgqTool.RunAsync(folder.Path, Hostile, command);
            Assert.True(found.ExitCode == 0, found.ToString());
            Assert.Equal(Times().Replace(expected.Output, ""), Times().Replace(found.Output, ""));
        }
    }

    [GeneratedRegex(@" *[\d.]+ s$", RegexOptions.Multiline)]
    private static partial Regex Times();

    private static void AssertEqualFolders(string expected, string actual)
    {
        string[] files = Files(expected);
        Assert.Equal(files, Files(actual));
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(expected, file));
            Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, file))), file);
        }
    }

    private static string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal),
    ];

    private static string Hook() => typeof(HostileCollectionTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "HgqHostileCollector").Value!;
}
