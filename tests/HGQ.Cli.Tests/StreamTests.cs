using System;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>Pipes, devices and links as input and output.</summary>
public sealed class StreamTests
{
    private const string Rows = "a,b\n0.5,1\n-1,2\n1,0.25\n";

    [ToolTheory("bash", "gzip")]
    [InlineData("cat s.csv | hgq predict model.hgq.json --data /dev/stdin --out -")]
    [InlineData("cat s.csv | hgq predict model.hgq.json --data - --out /dev/stdout")]
    [InlineData("gzip -c s.csv | hgq predict model.hgq.json --data - --out -")]
    [InlineData("hgq predict model.hgq.json --data <(gzip -c s.csv) --out -")]
    [InlineData("hgq predict model.hgq.json --data s.csv --out /dev/stderr -q 2>&1")]
    [InlineData("mkfifo p && (cat p & hgq predict model.hgq.json --data s.csv --out p -q; wait)")]
    [InlineData("mkfifo p && (hgq predict model.hgq.json --data p --out - & cat s.csv > p; wait)")]
    [InlineData("touch t && ln -s t link && hgq predict model.hgq.json --data s.csv --out link -q && test -L link && cat t")]
    [InlineData("ln -s missing link && hgq predict model.hgq.json --data s.csv --out link -q && test -L link && cat missing")]
    public async Task Data_come_from_and_results_go_to_wherever_a_path_leads(string line)
    {
        using var folder = Folder();
        var result = await ShellAsync(folder, line);
        Assert.True(result is { ExitCode: 0, Error: "" }, result.ToString());
        string expected = (await ShellAsync(folder, "hgq predict model.hgq.json --data s.csv --out plain.csv -q && cat plain.csv")).Output;
        Assert.StartsWith("hgq_row,", expected);
        Assert.Equal(expected, result.Output);
    }

    [ToolTheory("bash")]
    [InlineData("hgq emit csharp model.hgq.json --out /dev/stdout | head -1")]
    [InlineData("hgq emit csharp model.hgq.json --out - | head -1")]
    [InlineData("mkfifo p && (head -1 p & hgq emit csharp model.hgq.json --out p -q; wait)")]
    public async Task A_reader_that_has_seen_enough_is_no_error(string line)
    {
        using var folder = Folder();
        var result = await ShellAsync(folder, "set -o pipefail; " + line);
        Assert.True(result is { ExitCode: 0, Error: "" }, result.ToString());
        Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [ToolTheory("bash")]
    [InlineData("hgq predict model.hgq.json --data s.csv --out /dev/full", "No space left")]
    [InlineData("hgq predict model.hgq.json --data s.csv --out - > /dev/full", "No space left")]
    [InlineData("hgq predict model.hgq.json --data - --out - < /dev/null", "standard input: found an empty file")]
    [InlineData("hgq predict model.hgq.json --data . --out -", "found no train-images-idx3-ubyte[.gz], expected the four MNIST files")]
    [InlineData("ln -s a b; ln -s b a; hgq predict model.hgq.json --data s.csv --out a", "a")]
    [InlineData("echo mine > t; ln -s t link; hgq predict model.hgq.json --data s.csv --out link", "was not written by this tool")]
    [InlineData("hgq predict model.hgq.json --data s.csv --out none/x.csv", "there is no folder none")]
    public async Task What_cannot_be_read_or_written_is_one_message(string line, string message)
    {
        using var folder = Folder();
        var result = await ShellAsync(folder, line);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Plain.Require(result.Error);
    }

    [ToolTheory("bash")]
    [InlineData("--data p --out -")]
    [InlineData("--data s.csv --out p")]
    [InlineData("--data - --out - <> p")]
    public async Task Waiting_for_a_pipe_ends_on_sigterm(string arguments)
    {
        using var folder = Folder();
        var result = await ShellAsync(folder, $"mkfifo p; '{HgqTool.Path}' predict model.hgq.json {arguments} & sleep 2; kill $!; wait $!; echo $?");
        Assert.Equal(("130\n", "error: interrupted\n"), (result.Output, result.Error));
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        File.WriteAllText(folder.Combine("s.csv"), Rows);
        return folder;
    }

    private static Task<ToolResult> ShellAsync(TemporaryFolder folder, string line) => ToolProcess.RunAsync(
        "bash", ["-c", $"hgq() {{ '{HgqTool.Path}' \"$@\"; }}; {line}"], folder.Path, TimeSpan.FromMinutes(2));
}
