using System.Collections.Generic;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("inspect model.hgq.json --jsn", "unknown option '--jsn'; did you mean '--json'?")]
    [InlineData("inspct model.hgq.json", "unknown command 'inspct'; did you mean 'inspect'?")]
    [InlineData("inspect model.hgq.json --quite", "unknown option '--quite'; did you mean '--quiet'?")]
    [InlineData("inspect", "Required argument 'MODEL' missing for command: 'inspect'")]
    [InlineData("", "Required command was not provided")]
    [InlineData("inspect a.hgq.json --zzzzzz", "unknown option '--zzzzzz'")]
    public async Task Wrong_use_gets_one_message_and_exit_code_2(string line, string message)
    {
        var result = await RunAsync(line);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: " + message + "\n", result.Error);
    }

    [Fact]
    public async Task Completion_knows_verbs_and_options()
    {
        Assert.Contains("inspect\n", (await RunAsync("[suggest:8] hgq.insp", ' ', '.')).Output);
        Assert.Contains("--json\n", (await RunAsync("[suggest:16] hgq.inspect.--j", ' ', '.')).Output);
    }

    [Theory]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("de_DE.UTF-8")]
    [InlineData("nowhere_XX.KOI8-R")]
    public async Task Output_is_the_same_in_every_locale(string locale)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var plain = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json", "--json");
        var odd = await HgqTool.RunAsync(
            folder.Path, new Dictionary<string, string?> { ["LC_ALL"] = locale, ["LANG"] = locale }, "inspect", "model.hgq.json", "--json");
        Assert.Equal(plain.Output, odd.Output);
        Assert.Equal(0, odd.ExitCode);
    }

    private static async Task<ToolResult> RunAsync(string line, char separator = ' ', char blank = ' ')
    {
        using var folder = new TemporaryFolder();
        string[] words = line.Split(separator, System.StringSplitOptions.RemoveEmptyEntries);
        return await HgqTool.RunAsync(folder.Path, [.. System.Linq.Enumerable.Select(words, word => word.Replace(blank, ' '))]);
    }
}
