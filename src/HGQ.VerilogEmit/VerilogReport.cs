using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Verification;

namespace HGQ.VerilogEmit;

/// <summary>What a project costs and what its test bench reaches.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Options">Options, with what follows from the model filled in.</param>
/// <param name="Hardware">LUTs, registers, levels and stages, layer by layer.</param>
/// <param name="InputBits">Bits of a sample.</param>
/// <param name="OutputBits">Bits of its results.</param>
/// <param name="Vectors">Samples that the test bench runs.</param>
/// <param name="Coverage">What they reach in the layers.</param>
/// <param name="TableBits">What they reach in the LUTs.</param>
/// <param name="Streams">What a stream position by position costs; else null. <paramref name="Hardware"/> then counts the circuits of one
/// position, its registers are all.</param>
public sealed record VerilogReport(
    string Model,
    VerilogOptions Options,
    HardwareReport Hardware,
    int InputBits,
    int OutputBits,
    int Vectors,
    VectorCoverage Coverage,
    LutCoverage TableBits,
    StreamHardware? Streams = null);

/// <summary>Entries of LUTs that vectors read, each entry of each output counted once.</summary>
/// <param name="Entries">All entries: 2^(inputs) for each output of a LUT.</param>
/// <param name="Seen">Entries that a sample reads while a result would show if the entry were wrong; of a large netlist partly those
/// read only.</param>
public sealed record LutCoverage(long Entries, long Seen);
