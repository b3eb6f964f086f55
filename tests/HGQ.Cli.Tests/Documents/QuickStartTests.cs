using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Documents;

/// <summary>
/// The quick start of the README, pasted into the shell of a fresh clone. Packing and installing is tried by the package tests.
/// </summary>
public sealed class QuickStartTests
{
    [ToolFact("sh", "g++", "make")]
    public async Task Every_command_works_when_pasted()
    {
        using var clone = new TemporaryFolder();
        Directory.CreateSymbolicLink(clone.Combine("samples"), RepositoryRoot.Combine("samples"));
        string script = string.Concat(MarkdownPage.Read("README.md").CodeBlocks
            .Where(block => block.Heading == "Quick start" && block.Language == "sh").Select(block => block.Text + "\n"));
        Assert.Contains("hgq train", script, StringComparison.Ordinal);
        string path = Path.GetDirectoryName(HgqTool.Path) + ":" + Environment.GetEnvironmentVariable("PATH");
        var environment = new Dictionary<string, string?> { ["PATH"] = path };

        var result = await ToolProcess.RunAsync("sh", ["-e", "-c", script], clone.Path, TimeSpan.FromMinutes(30), environment);

        Assert.True(result.ExitCode == 0, $"{script}\n{result}");
        Assert.Contains("0 mismatches", result.Output, StringComparison.Ordinal);
        Assert.Contains("0 differences", result.Output, StringComparison.Ordinal);
    }
}
