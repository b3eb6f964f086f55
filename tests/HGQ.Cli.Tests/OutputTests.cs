using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class OutputTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    private const string Model = "run/model.hgq.json";
    private const string Data = "samples/data/clusters.csv";

    [Fact]
    public async Task Every_engine_predicts_the_same_file()
    {
        await PredictAsync("interpreter.csv", "--engine", "interpreter");
        await PredictAsync("csharp.csv", "--engine", "csharp");
        string[] lines = File.ReadAllLines(Path.Combine(run.Folder, "interpreter.csv"));
        Assert.Equal(401, lines.Length);
        Assert.StartsWith("hgq_row,class,", lines[0]);
        Assert.Matches("^0,(north|south|east|west),", lines[1]);
        Assert.Equal(lines, File.ReadAllLines(Path.Combine(run.Folder, "csharp.csv")));
        await PredictAsync("raw.csv", "--raw");
        Assert.All(File.ReadAllLines(Path.Combine(run.Folder, "raw.csv")).Skip(1), line => Assert.Matches(@"^\d+(,-?\d+){4}$", line));
    }

    [Fact]
    public async Task Evaluation_counts_what_the_predictions_say()
    {
        await PredictAsync("evaluated.csv");
        string[] found = [.. File.ReadAllLines(Path.Combine(run.Folder, "evaluated.csv")).Skip(1).Select(line => line.Split(',')[1])];
        string[] truth = [.. File.ReadAllLines(Path.Combine(run.Folder, Data)).Skip(1).Select(line => line.Split(',')[^1])];
        int right = found.Zip(truth).Count(pair => pair.First == pair.Second);
        var result = await HgqTool.RunAsync(run.Folder, "evaluate", Model, "--data", Data, "--target", "cluster");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"({right.ToString(System.Globalization.CultureInfo.InvariantCulture)} of 400)\n", result.Output);
        Assert.Contains("overflows  ", result.Output);
    }

    [Fact]
    public async Task A_class_that_the_model_does_not_know_is_refused_with_its_line()
    {
        File.WriteAllText(Path.Combine(run.Folder, "unknown.csv"), "x,y,z,noise,cluster\n1,2,3,4,north\n1,2,3,4,up\n");
        var result = await HgqTool.RunAsync(run.Folder, "evaluate", Model, "--data", "unknown.csv", "--target", "cluster");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("error: unknown.csv, line 3, column 5 \"cluster\": found the class \"up\"", result.Error);
    }

    [Fact]
    public async Task Data_without_a_feature_of_the_model_are_refused_by_its_name()
    {
        File.WriteAllText(Path.Combine(run.Folder, "narrow.csv"), "x,y,noise\n1,2,4\n");
        var result = await HgqTool.RunAsync(run.Folder, "predict", Model, "--data", "narrow.csv", "--out", "never.csv");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a feature column \"z\"", result.Error);
        Assert.False(File.Exists(Path.Combine(run.Folder, "never.csv")));
    }

    [Theory]
    [InlineData("predict", "--data", Data)]
    [InlineData("emit", "csharp")]
    public async Task What_another_program_wrote_is_kept_unless_forced(params string[] verb)
    {
        string file = Path.Combine(run.Folder, verb[0] + ".out");
        File.WriteAllText(file, "precious");
        string[] arguments = verb[0] == "emit" ? [.. verb, Model] : [verb[0], Model, .. verb[1..]];
        var refused = await HgqTool.RunAsync(run.Folder, [.. arguments, "--out", verb[0] + ".out"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("use --force", refused.Error);
        Assert.Equal("precious", File.ReadAllText(file));
        Assert.Equal(0, (await HgqTool.RunAsync(run.Folder, [.. arguments, "--out", verb[0] + ".out", "--force"])).ExitCode);
        Assert.Equal(0, (await HgqTool.RunAsync(run.Folder, [.. arguments, "--out", verb[0] + ".out"])).ExitCode);
    }

    [Fact]
    public async Task Hls_project_goes_into_a_new_folder_only()
    {
        string[] arguments = ["emit", "hls", Model, "--out"];
        Assert.Equal(0, (await HgqTool.RunAsync(run.Folder, [.. arguments, "hls"])).ExitCode);
        Assert.Equal(0, (await HgqTool.RunAsync(run.Folder, [.. arguments, "hls"])).ExitCode);
        var refused = await HgqTool.RunAsync(run.Folder, [.. arguments, "samples"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--force", refused.Error);
        var wrong = await HgqTool.RunAsync(run.Folder, [.. arguments, "other", "--tool", "vitis"]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Values: vitis_hls, vivado_hls", wrong.Error);
    }

    [Fact]
    public async Task The_test_bench_runs_rows_of_the_data()
    {
        int corners = await VectorsAsync("corners");
        Assert.Equal(corners + 100, await VectorsAsync("some", "--data", Data));
        Assert.Equal(corners + 7, await VectorsAsync("few", "--data", Data, "--target", "cluster", "--samples", "7"));
        Assert.Equal(corners + 400, await VectorsAsync("all", "--data", Data, "--samples", "1000"));
    }

    [Theory]
    [InlineData("--io stream", "firmware/small.cpp", "#pragma HLS DATAFLOW")]
    [InlineData("--control ap_ctrl_chain", "firmware/small.cpp", "#pragma HLS INTERFACE ap_ctrl_chain port=return")]
    [InlineData("--bus axis --word-bits 32", "firmware/small_axis.h", "typedef ap_axiu<32, 0, 0, 0> x_word;")]
    [InlineData("--ports ap_none", "firmware/small.cpp", "#pragma HLS INTERFACE ap_ctrl_none port=return")]
    [InlineData("--tool vivado_hls --part xc7z020clg400-1", "build_prj.tcl", "set_part {xc7z020clg400-1}")]
    [InlineData("--clock 2.5 --clock-uncertainty 20", "build_prj.tcl", "set_clock_uncertainty 20% default")]
    [InlineData("--namespace inner", "firmware/layers/d.h", "namespace inner {")]
    [InlineData("--strategy dsp --strategy d=auto", "report.md", "| d | auto | 0 |")]
    [InlineData("--reuse 4", "firmware/small.cpp", "#pragma HLS PIPELINE II=4")]
    [InlineData("--pipeline dataflow --reuse d=2", "firmware/layers/d.cpp", "  for (int phase = 0; phase < 2; phase++) {")]
    [InlineData("--pipeline auto", "firmware/small.cpp", "#pragma HLS PIPELINE II=1")]
    public async Task Options_of_the_hls_project_reach_its_files(string options, string file, string line)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, ["emit", "hls", "model.hgq.json", "--out", "hls", .. options.Split(' ')]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(line, File.ReadAllLines(folder.Combine("hls", file)));
    }

    [Theory]
    [InlineData("--io", "Values: auto, parallel, stream")]
    [InlineData("--ports", "Values: ap_vld, ap_none")]
    [InlineData("--bus", "Values: none, packed, axis, axi")]
    [InlineData("--control", "Values: auto, ap_ctrl_none, ap_ctrl_hs, ap_ctrl_chain")]
    [InlineData("--pipeline", "Values: auto, pipeline, dataflow, none")]
    [InlineData("--input-overflow", "Values: model, wrap, saturate")]
    [InlineData("--top", "is no C++ identifier")]
    [InlineData("--part", "is no part of the tool")]
    [InlineData("--strategy", "Values: adders, dsp, auto")]
    public async Task A_wrong_option_of_the_hls_project_is_refused_with_the_right_ones(string option, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "hls", option, "no such thing");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(folder.Combine("hls")));
    }

    [Theory]
    [InlineData("d=x", "for example dense_1=4")]
    [InlineData("0", "1 to 1000000 clock cycles")]
    [InlineData("d=99", "cannot be folded over 99 clocks: it has ")]
    public async Task A_wrong_reuse_factor_is_refused(string factor, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "emit", "hls", "model.hgq.json", "--out", "hls", "--reuse", factor);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
    }

    [Fact]
    public async Task Torch_is_not_loaded_for_looking_at_a_model()
    {
        if (!System.OperatingSystem.IsLinux())
        {
            return;
        }

        using var logs = new TemporaryFolder();
        var environment = new Dictionary<string, string?> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = logs.Combine("log") };
        Assert.Equal(0, (await HgqTool.RunAsync(run.Folder, environment, "emit", "csharp", Model, "--out", "-")).ExitCode);
        string[] files = Directory.GetFiles(logs.Path);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain("libtorch", File.ReadAllText(file)));
    }

    // Number of samples in the test bench of an emission.
    private async Task<int> VectorsAsync(string folder, params string[] options)
    {
        var result = await HgqTool.RunAsync(run.Folder, ["emit", "hls", Model, "--out", folder, .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        string[] head = File.ReadLines(Path.Combine(run.Folder, folder, "tb", "vectors.dat")).First().Split(' ');
        return int.Parse(head[System.Array.IndexOf(head, "samples") + 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task PredictAsync(string file, params string[] options)
    {
        var result = await HgqTool.RunAsync(run.Folder, ["predict", Model, "--data", Data, "--out", file, "--quiet", .. options]);
        Assert.True(result is { ExitCode: 0, Error: "" }, result.ToString());
    }
}
