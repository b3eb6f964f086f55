using System;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>Names that are asked for on the command line.</summary>
public sealed class EmittedNameTests
{
    [Theory]
    [InlineData("--namespace", "a..b", "empty part")]
    [InlineData("--namespace", "a.class", "keyword")]
    [InlineData("--namespace", "1a", "begins with a digit")]
    [InlineData("--class", "Predict", "PredictModel")]
    [InlineData("--class", "record", "choose another name")]
    [InlineData("--class", "System", "set a namespace")]
    public async Task A_name_that_cannot_be_is_refused_with_what_to_do(string option, string name, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);

        var result = await HgqTool.RunAsync(folder.Path, "emit", "csharp", "model.hgq.json", "--out", "-", option, name);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(option + ": ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("class", result.Output, StringComparison.Ordinal);
    }
}
