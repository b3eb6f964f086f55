using System;
using System.IO;
using HGQ.HlsEmit.ToolReports;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Reports of the vendor's tools, small ones after the formats of 2019.2 to 2025, read from a project's folder.</summary>
public sealed class ToolReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_ran_there_is_the_estimate_alone()
    {
        Emit();
        var found = ToolReportFolder.Read(_folder.Path);
        Assert.Equal(("small", "small"), (found.Model, found.Top));
        Assert.True(found.EstimatedLuts > 0);
        Assert.Empty(found.Reports);
    }

    [Theory]
    [InlineData("small_prj/solution1/syn/report/csynth.xml", "DSP48E", "2019.2")]
    [InlineData("small_vitis/hls/syn/report/small_csynth.xml", "DSP", "2025.1")]
    public void C_synthesis_is_read(string path, string dsp, string version)
    {
        Emit();
        Write(path, CSynthesis(dsp, version, "7"));
        Write("small_prj/solution1/syn/report/layer_csynth.xml", CSynthesis(dsp, version, "99"));
        var report = Assert.Single(ToolReportFolder.Read(_folder.Path).Reports);
        Assert.Equal(
            new ToolReport(ToolStage.CSynthesis, path, version, new CycleRange(7, 9), new CycleRange(1, 1), 5, 4.371, 1500, 320, 3, 2,
                0), report);
    }

    [Fact]
    public void What_the_tool_does_not_know_is_null()
    {
        Emit();
        Write("small_prj/solution1/syn/report/csynth.xml", CSynthesis("DSP", "2023.2", "undef"));
        Assert.Null(Assert.Single(ToolReportFolder.Read(_folder.Path).Reports).Latency);
    }

    [Fact]
    public void An_export_that_was_routed_counts_before_tables_of_cells()
    {
        const string file = "small_prj/solution1/impl/report/verilog/export_impl.xml";
        Write("small_prj/solution1/impl/verilog/report/small_utilization_routed.rpt", Utilization("CLB LUTs*", "CLB Registers"));
        Write(file, """
            <?xml version="1.0" encoding="UTF-8"?>
            <profile>
              <RunData><RUN_TYPE>impl</RUN_TYPE><VIVADO_VERSION>v.2024.1</VIVADO_VERSION></RunData>
              <TimingReport><TargetClockPeriod>5.000</TargetClockPeriod><AchievedClockPeriod>3.276</AchievedClockPeriod></TimingReport>
              <AreaReport><Resources><BRAM>0</BRAM><DSP>1</DSP><FF>156</FF><LUT>138</LUT><URAM>0</URAM></Resources></AreaReport>
            </profile>
            """);
        Assert.Equal(
            new ToolReport(ToolStage.Implementation, file, "v.2024.1", TargetClock: 5, Clock: 3.276, Luts: 138, FlipFlops: 156, Dsps: 1,
                Brams: 0, Urams: 0),
            Assert.Single(ToolReportFolder.Read(_folder.Path).Reports));
    }

    [Theory]
    [InlineData("vivado_synth.rpt", ToolStage.Synthesis, "CLB LUTs*", "CLB Registers")]
    [InlineData("impl/small_utilization_routed.rpt", ToolStage.Implementation, "Slice LUTs", "Slice Registers")]
    public void Tables_of_cells_are_read(string path, ToolStage stage, string luts, string registers)
    {
        Write(path, Utilization(luts, registers));
        Assert.Equal(
            new ToolReport(stage, path, "2022.2", Luts: 2621, FlipFlops: 1517, Dsps: 4, Brams: 3, Urams: 0),
                Assert.Single(ToolReportFolder.Read(_folder.Path).Reports));
    }

    [Theory]
    [InlineData("post-synthesis", ToolStage.Synthesis)]
    [InlineData("post-implementation", ToolStage.Implementation)]
    public void The_text_of_an_export_is_read(string achieved, ToolStage stage)
    {
        Write("solution1/impl/report/verilog/export_syn.rpt", $"""
            == Implementation Tool: Xilinx Vivado v.2020.1
            + Result:
                - SLICE:         41
                - LUT:          138
                - FF:           156
                - DSP:            0
                - BRAM:           0
                - CP required:    10.000
                - CP achieved {achieved}:    3.276
            """);
        var report = Assert.Single(ToolReportFolder.Read(_folder.Path).Reports);
        Assert.Equal((stage, 138L, 156L, 10.0, 3.276), (report.Stage, report.Luts, report.FlipFlops, report.TargetClock, report.Clock));
    }

    [Theory]
    [InlineData("Pass", true)]
    [InlineData("Fail", false)]
    public void A_cosimulation_says_whether_it_passed(string status, bool passed)
    {
        Write("solution1/sim/report/small_cosim.rpt", $"""
            |  RTL   | Status | min | avg | max | min | avg | max |
            |    VHDL|      NA|   NA|   NA|   NA|   NA|   NA|   NA|
            | Verilog|    {status}|  4|  5|  6|  1|  1|  2|
            """);
        var report = Assert.Single(ToolReportFolder.Read(_folder.Path).Reports);
        Assert.Equal((ToolStage.Cosimulation, passed, new CycleRange(4, 6), new CycleRange(1, 2)),
            (report.Stage, report.Passed, report.Latency, report.Interval));
    }

    [Fact]
    public void A_report_that_was_cut_is_named()
    {
        Emit();
        Write("solution1/syn/report/csynth.xml", "<profile><Perf");
        Assert.Contains("csynth.xml", Assert.Throws<HlsEmitException>(() => ToolReportFolder.Read(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("no-such", Assert.Throws<HlsEmitException>(() => ToolReportFolder.Read(_folder.Combine("no-such"))).Message,
            StringComparison.Ordinal);

    private static string CSynthesis(string dsp, string version, string latency) => $"""
        <profile>
          <ReportVersion><Version>{version}</Version></ReportVersion>
          <UserAssignments>
            <unit>ns</unit><Part>xcvu13p-flga2577-2-e</Part><TopModelName>small</TopModelName><TargetClockPeriod>5.00</TargetClockPeriod>
          </UserAssignments>
          <PerformanceEstimates>
            <SummaryOfTimingAnalysis><unit>ns</unit><EstimatedClockPeriod>4.371</EstimatedClockPeriod></SummaryOfTimingAnalysis>
            <SummaryOfOverallLatency>
              <Best-caseLatency>{latency}</Best-caseLatency><Average-caseLatency>8</Average-caseLatency>
              <Worst-caseLatency>9</Worst-caseLatency>
              <Interval-min>1</Interval-min><Interval-max>1</Interval-max>
            </SummaryOfOverallLatency>
          </PerformanceEstimates>
          <AreaEstimates>
            <Resources><BRAM_18K>2</BRAM_18K><{dsp}>3</{dsp}><FF>320</FF><LUT>1500</LUT><URAM>0</URAM></Resources>
            <AvailableResources>
              <BRAM_18K>5376</BRAM_18K><{dsp}>12288</{dsp}><FF>3456000</FF><LUT>1728000</LUT><URAM>1280</URAM>
            </AvailableResources>
          </AreaEstimates>
        </profile>
        """;

    private static string Utilization(string luts, string registers) => $"""
        | Tool Version : Vivado v.2022.2 (lin64) Build 3671981 Fri Oct 14 04:59:54 MDT 2022
        +----------------------------+------+-------+------------+-----------+-------+
        |          Site Type         | Used | Fixed | Prohibited | Available | Util% |
        +----------------------------+------+-------+------------+-----------+-------+
        | {luts,-26} | 2,621 |     0 |          0 |    522720 |  0.50 |
        |   LUT as Logic             | 2077 |     0 |          0 |    522720 |  0.40 |
        | {registers,-26} | 1517 |     0 |          0 |   1045440 |  0.15 |
        | Block RAM Tile             |  1.5 |     0 |          0 |       984 |  0.15 |
        | URAM                       |    0 |     0 |          0 |       128 |  0.00 |
        | DSPs                       |    4 |     0 |          0 |      1968 |  0.20 |
        """;

    private void Emit() => HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions { Vectors = 0 }), _folder.Path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(path))!);
        File.WriteAllText(_folder.Combine(path), text);
    }
}
