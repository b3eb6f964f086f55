using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class ExampleTests
{
    private static readonly string[][] Verbs =
        [["train"], ["trim"], ["sweep"], ["inspect"], ["verify"], ["predict"], ["evaluate"], ["report"], ["import"], ["emit", "csharp"],
            ["emit", "hls"], ["emit", "verilog"], ["emit", "onnx"], ["report-hls"], ["schema"]];

    [ToolFact("sh", "g++", "make")]
    public async Task Every_verb_has_an_example_that_works_when_pasted()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        string path = Path.GetDirectoryName(HgqTool.Path) + ":" + System.Environment.GetEnvironmentVariable("PATH");
        foreach (string[] verb in Verbs)
        {
            var help = await HgqTool.RunAsync(folder.Path, [.. verb, "--help"]);
            string example = help.Output.Split("Example:\n")[1].Split('\n')[0].Trim();
            Assert.StartsWith("hgq " + string.Join(' ', verb), example);
            var result = await ToolProcess.RunAsync(
                "sh", ["-c", example], folder.Path, System.TimeSpan.FromMinutes(5), new Dictionary<string, string?> { ["PATH"] = path });
            Assert.True(result.ExitCode == 0, $"{example}\n{result}");
        }
    }

    [Fact]
    public async Task Help_of_the_tool_lists_the_verbs_there_are()
    {
        using var folder = new TemporaryFolder();
        string help = (await HgqTool.RunAsync(folder.Path, "--help")).Output;
        string[] listed = [.. help.Split("Commands:\n")[1].Split('\n').Where(line => line.StartsWith(' ')).Select(line => line.Trim().Split(' ')[0])];
        Assert.Equal(
            ["emit", "evaluate", "import", "inspect", "predict", "report", "report-hls", "schema", "sweep", "train", "trim", "verify"],
            listed.Order(System.StringComparer.Ordinal));
    }

    [ToolFact("script")]
    public async Task A_terminal_gets_a_live_bar_and_colours_only_where_they_are_wanted()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        string train = $"{HgqTool.Path} {string.Join(' ', TrainedRun.Arguments)}";
        string live = await TypescriptAsync(folder, $"{train} --out live", noColor: null);
        Assert.Contains("100 % 150/150 loss ", live);
        string plain = await TypescriptAsync(folder, $"{HgqTool.Path} inspect none", noColor: "1");
        Assert.Contains("error: HGQ", plain);
        Assert.Contains("\u001b[31merror\u001b[0m: HGQ", await TypescriptAsync(folder, $"{HgqTool.Path} inspect none", noColor: null));
        Assert.Contains("error: HGQ", await TypescriptAsync(folder, $"{HgqTool.Path} inspect none --no-color", noColor: null));
    }

    private static async Task<string> TypescriptAsync(TemporaryFolder folder, string command, string? noColor)
    {
        var environment = new Dictionary<string, string?> { ["TERM"] = "xterm", ["NO_COLOR"] = noColor };
        var result = await ToolProcess.RunAsync(
            "script", ["-qec", command, "/dev/null"], folder.Path, System.TimeSpan.FromMinutes(2), environment);
        return result.Output;
    }
}
