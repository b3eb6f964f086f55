using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>A model of two outputs: y = relu(x·K), K = [[1,-2],[3,4]]/4, and z = x.</summary>
public sealed class SeveralOutputsTests
{
    private const string TwoOutputs =
        """
              "layer": "d"
            },
            {
              "name": "z",
              "layer": "q"
        """;

    // y: 0, 1, 0, 0; z: 0, 1, 0 (the first of equal ones), 1.
    private const string Rows = "a,b,label\n1,0,0\n0,1,1\n1,1,0\n0.5,1,0\n";

    [Fact]
    public async Task Predictions_of_each_output_are_columns_of_its_name()
    {
        using TemporaryFolder folder = Folder(TwoOutputs);
        var result = await HgqTool.RunAsync(folder.Path, "predict", "model.hgq.json", "--data", "rows.csv", "--target", "label", "--out", "-");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            ["hgq_row,y.class,y.0,y.1,z.class,z.0,z.1", "0,0,0.25,0,0,1,0", "1,1,0.75,1,1,0,1", "2,0,1,0.5,0,1,1", "3,0,0.875,0.75,1,0.5,1"],
            result.Output.TrimEnd('\n').Split('\n'));
        var raw = await HgqTool.RunAsync(folder.Path, "predict", "model.hgq.json", "--data", "rows.csv", "--target", "label", "--out", "-", "--raw");
        Assert.StartsWith("hgq_row,y.0,y.1,z.0,z.1\n0,", raw.Output);
    }

    [Fact]
    public async Task Each_output_is_measured_by_itself()
    {
        using TemporaryFolder folder = Folder(TwoOutputs);
        string[] evaluate = ["evaluate", "model.hgq.json", "--data", "rows.csv", "--target", "label"];
        var text = await HgqTool.RunAsync(folder.Path, evaluate);
        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.StartsWith("samples    4\n\noutput     y\naccuracy   100.00 % (4 of 4)\n\noutput     z\naccuracy   75.00 % (3 of 4)\n\noverflows  0\n", text.Output);
        Assert.EndsWith("\noutput     z\ntrue \\ found  0  1\n0             2  1\n1             0  1\n", text.Output);

        var one = await HgqTool.RunAsync(folder.Path, [.. evaluate, "--output", "z", "--json"]);
        using JsonDocument json = JsonDocument.Parse(one.Output);
        JsonElement output = json.RootElement.GetProperty("outputs").EnumerateArray().Single();
        Assert.Equal(("z", 0.75, 3), (output.GetProperty("name").GetString(), output.GetProperty("accuracy").GetDouble(), output.GetProperty("right").GetInt32()));
        Assert.Equal("[[2,1],[0,1]]", output.GetProperty("confusion").GetRawText());
    }

    [Theory]
    [InlineData("--output w", "the model has no output 'w'")]
    [InlineData("", "y has 3 elements, z has 2; choose one by --output NAME")]
    [InlineData("--target b --output z", "rows.csv, line 5, column 2 \"b\": found the class \"1.5\", expected one of 0, 1")]
    public async Task Outputs_that_the_target_does_not_fit_are_refused(string options, string message)
    {
        using TemporaryFolder folder = Folder(TwoOutputs);
        string model = folder.Combine("model.hgq.json");
        string wide = File.ReadAllText(model).Replace("\"shape\": [2,2]", "\"shape\": [2,3]", StringComparison.Ordinal)
            .Replace("[1,-2]", "[1,-2,1]", StringComparison.Ordinal).Replace("[3,4]", "[3,4,1]", StringComparison.Ordinal);
        File.WriteAllText(model, wide);
        File.WriteAllText(folder.Combine("rows.csv"), Rows.Replace("0.5,1,0", "0.5,1.5,0", StringComparison.Ordinal));
        string[] target = options.StartsWith("--target", StringComparison.Ordinal) ? [] : ["--target", "label"];
        var result = await HgqTool.RunAsync(
            folder.Path, ["evaluate", "model.hgq.json", "--data", "rows.csv", .. target, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(message, result.Error);
    }

    private static TemporaryFolder Folder(string outputs)
    {
        var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder, "      \"layer\": \"d\"", outputs);
        File.WriteAllText(folder.Combine("rows.csv"), Rows);
        return folder;
    }
}
