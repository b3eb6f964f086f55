namespace HGQ.HlsEmit.ToolReports;

/// <summary>A step of the vendor's tools that writes a report.</summary>
public enum ToolStage
{
    /// <summary>C synthesis: the HLS tool's own estimate.</summary>
    CSynthesis,

    /// <summary>C/RTL co-simulation: measured clock cycles.</summary>
    Cosimulation,

    /// <summary>Logic synthesis by Vivado.</summary>
    Synthesis,

    /// <summary>Placed, or placed and routed, by Vivado.</summary>
    Implementation,
}

/// <summary>What a report of the vendor's tools says; null where it says nothing.</summary>
/// <param name="Stage">The step that wrote it.</param>
/// <param name="File">Path of the file, relative to the project.</param>
/// <param name="Version">Version of the tool.</param>
/// <param name="Latency">Clock cycles from a sample to its result.</param>
/// <param name="Interval">Clock cycles between two samples (II).</param>
/// <param name="TargetClock">Clock period that was asked for, in ns.</param>
/// <param name="Clock">Clock period that is estimated or achieved, in ns.</param>
/// <param name="Luts">Look-up tables.</param>
/// <param name="FlipFlops">Registers.</param>
/// <param name="Dsps">Multiplier blocks.</param>
/// <param name="Brams">Memory blocks of 18 kbit; a tile of 36 kbit counts two.</param>
/// <param name="Urams">UltraRAM blocks.</param>
/// <param name="Passed">Whether the simulation agreed; null for other steps.</param>
public sealed record ToolReport(
    ToolStage Stage,
    string File,
    string? Version = null,
    CycleRange? Latency = null,
    CycleRange? Interval = null,
    double? TargetClock = null,
    double? Clock = null,
    long? Luts = null,
    long? FlipFlops = null,
    long? Dsps = null,
    long? Brams = null,
    long? Urams = null,
    bool? Passed = null);

/// <summary>Clock cycles at best and at worst.</summary>
/// <param name="Least">At best.</param>
/// <param name="Most">At worst.</param>
public readonly record struct CycleRange(long Least, long Most);
