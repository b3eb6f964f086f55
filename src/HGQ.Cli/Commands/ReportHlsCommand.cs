using System.CommandLine;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Json;
using HGQ.Cli.Terminal;
using HGQ.HlsEmit.ToolReports;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq report-hls</c>: what the vendor's tools made of an emitted project, beside the estimate.</summary>
internal sealed class ReportHlsCommand : ICommand
{
    private const string Unknown = "-";

    private readonly Argument<string> _folder = new("folder")
    {
        Description = "Folder of an emitted HLS project in which the tools ran.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, for scripts." };

    public ReportHlsCommand() =>
        Definition = new Command("report-hls",
            "Show what Vivado or Vitis made of an emitted HLS project, beside the estimate.") { _folder, _json };

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq report-hls hls"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var found = ToolReportFolder.Read(arguments.GetRequiredValue(_folder));
        context.Output.Write(arguments.GetValue(_json) ? Json(found) : Print(found));
        return ExitCode.Done;
    }

    private static string Print(ToolReportFolder found)
    {
        var table = new TextTable("step", ">latency", ">II", ">clock ns", ">LUT", ">FF", ">DSP", ">BRAM", ">URAM", "file");
        if (found.Top is not null)
        {
            table.Add("estimate of the emission", Unknown, Unknown, Unknown, Count(found.EstimatedLuts), Unknown,
                Count(found.EstimatedDsps), Unknown, Unknown, "report.json");
        }

        foreach (ToolReport report in found.Reports)
        {
            table.Add(
                Step(report), Cycles(report.Latency), Cycles(report.Interval), Clock(report), Count(report.Luts),
                    Count(report.FlipFlops), Count(report.Dsps),
                Count(report.Brams), Count(report.Urams), report.File);
        }

        string head = found.Model is null ? "" : $"model    {found.Model}\ntop      {found.Top}\n\n";
        string nothing = found.Reports.Count > 0 ? ""
            : "\nno report of Vivado HLS, Vitis HLS or Vivado is in this folder: none of the tools has run here "
                + "(build_prj.tcl or hls_config.cfg say how)\n";
        return head + (found.Top is null && found.Reports.Count == 0 ? "" : table.ToString()) + nothing;
    }

    private static string Step(ToolReport report) => report.Stage switch
    {
        ToolStage.CSynthesis => "C synthesis",
        ToolStage.Cosimulation => report.Passed == true ? "co-simulation, passed" : "co-simulation, FAILED",
        ToolStage.Synthesis => "logic synthesis",
        ToolStage.Implementation => "placed and routed",
        _ => throw new System.ArgumentOutOfRangeException(nameof(report), report.Stage, "A step without a name."),
    };

    private static string Cycles(CycleRange? range) => range is not { } cycles ? Unknown
        : cycles.Least == cycles.Most ? Invariant($"{cycles.Least}") : Invariant($"{cycles.Least}..{cycles.Most}");

    private static string Clock(ToolReport report) => report.Clock is not { } clock ? Unknown
        : report.TargetClock is { } target ? Invariant($"{clock:0.###} of {target:0.###}") : Invariant($"{clock:0.###}");

    private static string Count(long? count) => count is { } number ? Invariant($"{number}") : Unknown;

    private static string Json(ToolReportFolder found) => IndentedJson.Print(json =>
    {
        json.WriteString("model", found.Model);
        json.WriteString("top", found.Top);
        json.WriteStartObject("estimate");
        WriteNumber("luts", found.EstimatedLuts);
        WriteNumber("dsps", found.EstimatedDsps);
        json.WriteEndObject();
        json.WriteObjects("reports", found.Reports, report =>
        {
            json.WriteString("step", report.Stage.ToString());
            json.WriteString("file", report.File);
            json.WriteString("version", report.Version);
            WriteNumber("latencyLeast", report.Latency?.Least);
            WriteNumber("latencyMost", report.Latency?.Most);
            WriteNumber("intervalLeast", report.Interval?.Least);
            WriteNumber("intervalMost", report.Interval?.Most);
            WriteNumber("targetClock", report.TargetClock);
            WriteNumber("clock", report.Clock);
            WriteNumber("luts", report.Luts);
            WriteNumber("flipFlops", report.FlipFlops);
            WriteNumber("dsps", report.Dsps);
            WriteNumber("brams", report.Brams);
            WriteNumber("urams", report.Urams);
            if (report.Passed is { } passed)
            {
                json.WriteBoolean("passed", passed);
            }
        });

        void WriteNumber(string name, double? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }
    });
}
