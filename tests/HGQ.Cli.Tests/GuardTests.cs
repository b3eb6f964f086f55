using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class GuardTests
{
    [Theory]
    [InlineData("command")]
    [InlineData("thread")]
    public async Task An_error_that_nobody_expected_becomes_a_report_and_one_message(string fault)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var environment = new Dictionary<string, string?> { ["HGQ_TEST_FAULT"] = fault, ["TMPDIR"] = folder.Path };
        var result = await HgqTool.RunAsync(folder.Path, environment, "inspect", "model.hgq.json");
        Assert.Equal((70, ""), (result.ExitCode, result.Output));
        string report = Assert.Single(Directory.GetFiles(folder.Path, "hgq-error-*.txt"));
        Assert.Equal($"error: internal error: this is a fault of hgq and not of your input. Please report it, with this file: {report}\n", result.Error);
        string text = File.ReadAllText(report);
        Assert.Contains("command   inspect model.hgq.json\n", text);
        Assert.Contains("System.InvalidOperationException: injected", text);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_said()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var environment = new Dictionary<string, string?> { ["HGQ_TEST_FAULT"] = "command", ["TMPDIR"] = folder.Combine("none") };
        var result = await HgqTool.RunAsync(folder.Path, environment, "inspect", "model.hgq.json");
        Assert.Equal(70, result.ExitCode);
        Assert.Contains("can't be written (no such folder)", result.Error);
        Plain.Require(result.Error);
    }
}
