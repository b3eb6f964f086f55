using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>What data can't be learned from is refused before anything is trained or written.</summary>
public sealed class StrictDataTests
{
    private const string Average = """{"format": "hgq-description", "version": 1, "layers": [{"kind": "quantize"}, {"kind": "reshape", "shape": [4, 1]}, {"kind": "average-pool1d", "size": 3, "strides": 1, "padding": "same"}, {"kind": "flatten"}, {"kind": "dense", "units": "outputs"}]}""";

    [Theory]
    [InlineData("M\u00F6ller", "d.csv, line 3, column 3: found the byte 0xF6, which is no UTF-8")]
    [InlineData("1e39", "d.csv, line 3, column 1 \"a\": found \"1e39\", expected a number that float32 holds")]
    [InlineData("1,5", "d.csv, line 3, column 4: found 4 cells")]
    public async Task A_wrong_cell_is_refused_with_line_and_column(string cell, string message)
    {
        using var folder = new TemporaryFolder();
        string[] cells = message.Contains("column 3", StringComparison.Ordinal) ? ["1", "2", cell] : [cell, "2", "x"];
        File.WriteAllBytes(folder.Combine("d.csv"), Encoding.Latin1.GetBytes($"a,b,t\n1,2,y\n{string.Join(',', cells)}\n1,2,y\n1,2,x\n"));
        await RefusedAsync(folder, message, "train", "d.csv", "--target", "t", "--out", "run");
    }

    [Fact]
    public async Task One_row_is_refused_in_words()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("one.csv"), "a,b,c,t\n-1.04814,5.44229,-0.931378,0\n");
        await RefusedAsync(folder, "of 1 rows 1 would train and 0 validate", "train", "one.csv", "--target", "t", "--out", "run", "--task", "regression");
        await RefusedAsync(folder, "at least two classes", "train", "one.csv", "--target", "t", "--out", "run", "--task", "classification");
    }

    [Theory]
    [InlineData(Average, ", line 1, column 116: layers[2] (average-pool1d \"average_pool1d_1\"): ")]
    [InlineData("""{"format": "hgq-description", "version": 1, "layers": [{"kind": "quantize"}, {"kind": "activation", "function": "tanh", "quantizer": {}}, {"kind": "dense", "units": "outputs"}], "quantizers": {"activation": {"bits": 30}}}""", "layers[1] (activation \"activation_1\"): ")]
    [InlineData("""{"format": "hgq-description", "version": 1, "layers": [{"kind": "quantize"}, {"kind": "dense", "units": "outputs", "bits": 0,5}]}""", "this is no JSON")]
    public async Task A_network_that_cannot_be_exported_is_refused_before_training(string description, string message)
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(folder.Combine("net.model.json"), description);
        string error = await RefusedAsync(
            folder, message, "train", "samples/data/clusters.csv", "--target", "cluster", "--model", "net.model.json", "--epochs", "6", "--out", "run");
        Assert.Contains("net.model.json", error);
        Assert.DoesNotContain("epoch", error);
    }

    [Fact]
    public async Task A_recipe_that_is_none_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        TrainedRun.CopySamples(folder.Path);
        File.WriteAllText(folder.Combine("r.json"), "{\n  \"training\": {\"epochs\": \"many\"}\n}\n");
        await RefusedAsync(
            folder, "r.json, line 2, column 26: training.epochs: found \"many\", expected a whole number.",
            "train", "samples/data/clusters.csv", "--target", "cluster", "--recipe", "r.json", "--out", "run");
    }

    [Fact]
    public async Task Texts_of_the_same_number_are_classes_of_their_own()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 60).Select(static n => FormattableString.Invariant($"{n % 3},{n},{(n % 3) switch { 0 => "7", 1 => "007", _ => "12" }}\n")));
        File.WriteAllText(folder.Combine("ids.csv"), "a,row,id\n" + rows);
        string[] train =
        [
            "train", "ids.csv", "--target", "id", "--ignore", "row", "--method", "recipe", "--epochs", "2", "--hidden", "4", "--out", "run",
        ];
        var text = await HgqTool.RunAsync(folder.Path, train);
        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("data     ids.csv: 60 rows, 1 features\ntarget   id: 3 classes (007, 7, 12)\nsplit    36 rows to train, 12 to validate, 12 to test\n", text.Error);
        Assert.Contains("network  dense 4, dense 3: 16 weights\nrecipe   built-in recipe: 2 epochs, 512 rows a step\nseed     0\n", text.Error);
        Assert.Contains("warning: ids.csv: the labels \"007\" and \"7\" of \"id\" are the same number", text.Error);

        var other = await HgqTool.RunAsync(folder.Path, [.. train, "--labels", "numbers"]);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("holds another run: its task, or how it reads labels, is another", other.Error);
        var numbers = await HgqTool.RunAsync(folder.Path, [.. train, "--labels", "numbers", "--force"]);
        Assert.Contains("target   id: 2 classes (7, 12)\n", numbers.Error);
    }

    private static async Task<string> RefusedAsync(TemporaryFolder folder, string message, params string[] arguments)
    {
        var result = await HgqTool.RunAsync(folder.Path, arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error);
        Plain.Require(result.Error);
        Assert.False(Directory.Exists(folder.Combine("run")));
        return result.Error;
    }
}
