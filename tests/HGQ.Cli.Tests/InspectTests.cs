using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

public sealed class InspectTests
{
    [Fact]
    public async Task Prints_layers_formats_and_cost()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json");

        // EBOPs: x0 has 7 bits and meets weights of 1 and 1 significant bits, x1 has 8 and meets 2 and 1: 7·2 + 8·3 = 38.
        Assert.True(
            result.Output ==
            """
            model    small
            inputs   x [2]
            outputs  y [2]

            layer  kind      reads  shape  bits  format        constant  weights  non-zero  EBOPs  adders  tables
            x      input            [2]    real  -                    -        -         -      -       -       -
            q      quantize  x      [2]    7..8  s<2..3,4>            -        -         -      -       -       -
            d      dense     q      [2]       9  u<3..4,5..6>         -        4         4     38       3       -

            total: 38 EBOPs, 4 of 4 weights non-zero, 3 adders

            widths  weights  activations
            q                7 @@ 8
            d       1 @- 2   9 @ 9

            """,
            result.ToString());
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    /// <summary>A terminal that says UTF-8 gets blocks; any other, and a pipe, gets ASCII.</summary>
    [ToolTheory("script")]
    [InlineData("C.UTF-8", "xterm", "1 █▃ 2")]
    [InlineData("en_US.utf8", "xterm", "1 █▃ 2")]
    [InlineData("C", "xterm", "1 @- 2")]
    [InlineData("C.UTF-8", "dumb", "1 @- 2")]
    public async Task Bars_of_widths_suit_the_terminal(string locale, string terminal, string bars)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var environment = new Dictionary<string, string?> { ["LC_ALL"] = locale, ["TERM"] = terminal };
        var result = await ToolProcess.RunAsync(
            "script", ["-qec", $"{HgqTool.Path} inspect model.hgq.json", "/dev/null"], folder.Path, TimeSpan.FromMinutes(1), environment);
        Assert.Contains($"d       {bars}   9 ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hardware_counts_what_the_emitted_project_has()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var table = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json", "--hardware");
        var json = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json", "--hardware", "--json");
        var emitted = await HgqTool.RunAsync(folder.Path, "emit", "verilog", "model.hgq.json", "--out", "verilog", "--vectors", "0");

        Assert.Equal(0, emitted.ExitCode);
        using var report = JsonDocument.Parse(File.ReadAllText(folder.Combine("verilog", "report.json")));
        using var inspection = JsonDocument.Parse(json.Output);
        int luts = report.RootElement.GetProperty("luts").GetInt32();
        JsonElement hardware = inspection.RootElement.GetProperty("hardware");
        Assert.Equal(luts, hardware.GetProperty("luts").GetInt32());
        Assert.Equal(luts, hardware.GetProperty("layers")[0].GetProperty("luts").GetInt32());
        Assert.Contains($"\ntotal: {luts} LUTs (", table.Output);
        Assert.Contains("hardware  LUTs  strictly  relu gates  registers  levels  stages\n", table.Output);
    }

    [Fact]
    public async Task Stream_counts_what_the_emitted_project_has()
    {
        using var folder = new TemporaryFolder();
        File.Copy(RepositoryRoot.Combine("samples", "models", "strokes-13129.hgq.json"), folder.Combine("m.hgq.json"));
        var table = await HgqTool.RunAsync(folder.Path, "inspect", "m.hgq.json", "--stream");
        var json = await HgqTool.RunAsync(folder.Path, "inspect", "m.hgq.json", "--stream", "--json");
        var emitted = await HgqTool.RunAsync(
            folder.Path, "emit", "verilog", "m.hgq.json", "--out", "v", "--io", "stream", "--vectors", "0");

        Assert.Equal(0, emitted.ExitCode);
        using var report = JsonDocument.Parse(File.ReadAllText(folder.Combine("v", "report.json")));
        using var inspection = JsonDocument.Parse(json.Output);
        int luts = report.RootElement.GetProperty("luts").GetInt32();
        JsonElement stream = inspection.RootElement.GetProperty("stream");
        Assert.Equal(luts, stream.GetProperty("luts").GetInt32());
        int ofUnits = 0;
        foreach (JsonElement unit in stream.GetProperty("units").EnumerateArray())
        {
            ofUnits += unit.GetProperty("luts").GetInt32();
        }

        Assert.Equal(luts, ofUnits);
        Assert.Contains($"\ntotal: {luts} LUTs in the circuits of one position, ", table.Output);
        Assert.Contains($" {report.RootElement.GetProperty("registers").GetInt32()} registers, ", table.Output);
    }

    [Fact]
    public async Task Stream_names_the_layer_that_does_not_work_position_by_position()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json", "--stream");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'q' does not work position by position", result.Error);
    }

    [Theory]
    [InlineData("--pipeline", "two", "neither a number of levels")]
    [InlineData("--part", "xcvc1902-vsva2197-2MP-e-S", "has no carry chain")]
    [InlineData("--top", "module", "for example 'model_module'")]
    [InlineData("--clock", "0", "out of range")]
    [InlineData("--effort", "9", "out of range")]
    public async Task Options_of_verilog_that_make_no_sense_are_refused(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "emit", "verilog", "model.hgq.json", "--out", "verilog", option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(folder.Combine("verilog")));
    }

    [Fact]
    public async Task Json_holds_the_same_numbers()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder);
        var result = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json", "--json");
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(38, json.RootElement.GetProperty("ebops").GetInt32());
        Assert.Equal("[2,3]", json.RootElement.GetProperty("layers")[1].GetProperty("format").GetProperty("i").GetRawText());
    }

    [Fact]
    public async Task A_damaged_model_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        SmallModel.WriteTo(folder, "\"k\": 1", "\"k\": 2");
        var result = await HgqTool.RunAsync(folder.Path, "inspect", "model.hgq.json");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Matches(@"^error: model\.hgq\.json\(18,14\): HGQ\d{4}: .*\n$", result.Error);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        var result = await HgqTool.RunAsync(folder.Path, "inspect", "nowhere.hgq.json");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: HGQ", result.Error);
        Assert.Contains("nowhere.hgq.json", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public async Task Schema_is_the_published_one()
    {
        using var folder = new TemporaryFolder();
        var result = await HgqTool.RunAsync(folder.Path, "schema");
        Assert.Equal(await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "hgq-model.schema.json")), result.Output);
    }
}
