using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class EmitOnnxTests
{
    [Fact]
    public async Task A_file_is_written_and_replaced_only_where_this_tool_wrote_it()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        string path = Path.Combine(folder.Path, "m.onnx");
        var first = await RunAsync(folder, "--out", "m.onnx", "--flavor", "qdq");
        byte[] written = File.ReadAllBytes(path);
        Assert.Equal((0, $"wrote m.onnx: {written.Length} bytes\n"), (first.ExitCode, first.Error));
        Assert.Equal(0, (await RunAsync(folder, "--out", "m.onnx")).ExitCode);
        Assert.Equal(written, File.ReadAllBytes(path));

        File.WriteAllText(path, "notes");
        var refused = await RunAsync(folder, "--out", "m.onnx");
        Assert.Equal((2, "notes"), (refused.ExitCode, File.ReadAllText(path)));
        Assert.Contains("m.onnx exists and was not written by this tool", refused.Error);
        Assert.Equal(0, (await RunAsync(folder, "--out", "m.onnx", "--force")).ExitCode);
        Assert.Equal(written, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task The_flavor_of_qonnx_is_read_back()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        Assert.Equal(0, (await RunAsync(folder, "--out", "q.onnx", "--flavor", "qonnx")).ExitCode);
        var read = await HgqTool.RunAsync(folder.Path, "import", "q.onnx", "--out", "read.hgq.json");
        Assert.True(read.ExitCode == 0, read.Error);
        Assert.Contains("QONNX", read.Error);
    }

    [Theory]
    [InlineData("--out m.onnx --flavor qdt", "error: --flavor 'qdt' does not exist; did you mean 'qdq'? Values: qdq, qonnx")]
    [InlineData("--out -", "error: --out -: the file is binary, and standard output is for text; name a file")]
    [InlineData("--out none/m.onnx", "error: none/m.onnx: there is no folder none")]
    [InlineData("--flavor qdq", "error: Option '--out' is required")]
    public async Task Wrong_options_get_one_message_and_write_nothing(string options, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await RunAsync(folder, options.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(message, result.Error);
        Assert.False(File.Exists(Path.Combine(folder.Path, "m.onnx")));
    }

    [Theory]
    [InlineData("\"RoundHalfUp\"", "\"RoundUp\"", "model.hgq.json(21,21): HGQ0014: ")]
    [InlineData("\"i\": [2,3]", "\"i\": [2,30]", "error: layer 'q': it wraps to 35 bits; float32 has 24.")]
    [InlineData("[1,-2]", "[1,-2", "model.hgq.json(")]
    public async Task A_model_that_is_broken_or_too_wide_is_refused(string part, string other, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder, part, other);
        var result = await RunAsync(folder, "--out", "m.onnx");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Assert.False(File.Exists(Path.Combine(folder.Path, "m.onnx")));
    }

    private static Task<ToolResult> RunAsync(TemporaryFolder folder, params string[] options)
        => HgqTool.RunAsync(folder.Path, ["emit", "onnx", "model.hgq.json", .. options]);
}
