using System.Globalization;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace HGQ.HlsEmit.ToolReports;

/// <summary>The XML reports of Vivado HLS and Vitis HLS: <c>csynth.xml</c> and <c>export_*.xml</c>.</summary>
internal static class ReportXml
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The C synthesis report; null where the file is another one.</summary>
    public static ToolReport? CSynthesis(string path, string name)
    {
        var root = Load(path);
        return root.Element("PerformanceEstimates") is not { } performance ? null : new ToolReport(
            ToolStage.CSynthesis,
            name,
            Text(root, "ReportVersion", "Version"),
            Range(performance.Element("SummaryOfOverallLatency"), "Best-caseLatency", "Worst-caseLatency"),
            Range(performance.Element("SummaryOfOverallLatency"), "Interval-min", "Interval-max"),
            Number(root.Element("UserAssignments"), "TargetClockPeriod"),
            Number(performance.Element("SummaryOfTimingAnalysis"), "EstimatedClockPeriod"),
            Count(Resources(root.Element("AreaEstimates")), "LUT"),
            Count(Resources(root.Element("AreaEstimates")), "FF"),
            Count(Resources(root.Element("AreaEstimates")), "DSP", "DSP48E"),
            Count(Resources(root.Element("AreaEstimates")), "BRAM_18K"),
            Count(Resources(root.Element("AreaEstimates")), "URAM"));
    }

    /// <summary>What Vivado made of the exported design; null where the file is another one.</summary>
    public static ToolReport? Export(string path, string name)
    {
        var root = Load(path);
        if (root.Element("AreaReport") is not { } area)
        {
            return null;
        }

        var run = Text(root, "RunData", "RUN_TYPE") ?? "";
        return new ToolReport(
            run.StartsWith("syn", System.StringComparison.OrdinalIgnoreCase) ? ToolStage.Synthesis : ToolStage.Implementation,
            name,
            Text(root, "RunData", "VIVADO_VERSION"),
            TargetClock: Number(root.Element("TimingReport"), "TargetClockPeriod"),
            Clock: Number(root.Element("TimingReport"), "AchievedClockPeriod"),
            Luts: Count(Resources(area), "LUT"),
            FlipFlops: Count(Resources(area), "FF"),
            Dsps: Count(Resources(area), "DSP", "DSP48E"),
            Brams: Count(Resources(area), "BRAM"),
            Urams: Count(Resources(area), "URAM"));
    }

    private static XElement Load(string path)
    {
        try
        {
            using var reader = XmlReader.Create(path, Settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException error)
        {
            throw new HlsEmitException(
                $"The report '{path}' is no XML file: {error.Message} Run the step of the tool again, or remove the file.", error);
        }
    }

    private static XElement? Resources(XElement? area) => area?.Element("Resources") ?? area;

    private static string? Text(XElement root, string parent, string name) =>
        root.Element(parent)?.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static double? Number(XElement? parent, string name) =>
        double.TryParse(parent?.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;

    // "undef" and "?" stand where the tool does not know it.
    private static long? Count(XElement? parent, params string[] names) => names
        .Select(name => long.TryParse(parent?.Element(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value : (long?)null)
        .FirstOrDefault(value => value is not null);

    private static CycleRange? Range(XElement? parent, string least, string most) =>
        Count(parent, least) is { } low ? new CycleRange(low, Count(parent, most) ?? low) : null;
}
