namespace HGQ.VerilogEmit;

/// <summary>How a project is emitted (docs/verilog.md, options).</summary>
public sealed record VerilogOptions
{
    /// <summary>Random samples that are standard.</summary>
    public const int StandardVectors = 4000;

    /// <summary>Name of the top module and of its files; null for the model's name made an identifier.</summary>
    public string? TopName { get; init; }

    /// <summary>What the cells are made of.</summary>
    public VerilogTarget Target { get; init; } = VerilogTarget.Amd;

    /// <summary>FPGA part; its family says whether carry chains are CARRY8 or CARRY4.</summary>
    public string Part { get; init; } = "xcvu13p-flga2577-2-e";

    /// <summary>Clock period in nanoseconds.</summary>
    public double ClockPeriod { get; init; } = 5;

    /// <summary>Most levels of logic between two registers; null for no registers at all.</summary>
    public int? PipelineLevels { get; init; } = 5;

    /// <summary>Whether every input bit is registered first; with <see cref="PipelineLevels"/> only.</summary>
    public bool InputRegisters { get; init; }

    /// <summary>Whether every result bit is registered last; with <see cref="PipelineLevels"/> only.</summary>
    public bool OutputRegisters { get; init; }

    /// <summary>How samples reach the hardware.</summary>
    public VerilogIo Io { get; init; } = VerilogIo.Wires;

    /// <summary>1 searches shortest for a small netlist, 3 longest.</summary>
    public int Effort { get; init; } = 2;

    /// <summary>Whether products of two variables become multipliers (DSP blocks) instead of LUTs.</summary>
    public bool Multipliers { get; init; }

    /// <summary>Random samples of the test bench; the search for samples that reach more grows with it.</summary>
    public int Vectors { get; init; } = StandardVectors;
}

/// <summary>What the cells of a project are made of.</summary>
public enum VerilogTarget
{
    /// <summary>LUT6_2, LUT1 to LUT6 and CARRY8 or CARRY4 as instances: what was searched is what is built.</summary>
    Amd,

    /// <summary>Behavioural Verilog-2001: tables and sums, for any vendor.</summary>
    Generic,
}

/// <summary>How samples reach the hardware.</summary>
public enum VerilogIo
{
    /// <summary>Every bit is a wire; valid in, valid out.</summary>
    Wires,

    /// <summary>The same with a wrapper that speaks AXI4-Stream.</summary>
    Axis,

    /// <summary>Position by position as AXI4-Stream: the circuit of one position, and lines that hold what its window spans.</summary>
    Stream,
}
