using HGQ.Model.FixedPoint;

namespace HGQ.Model.Hardware.Bits;

/// <summary>
/// A model as LUTs, carry chains and registers: what Verilog prints and what is counted (docs/hardware-network.md §2).
/// </summary>
/// <param name="Name">Name of the model.</param>
/// <param name="SignalCount">Signals are the numbers below it; 0 is the constant 0, 1 the constant 1.</param>
/// <param name="Inputs">Code ports, in the program's order.</param>
/// <param name="Outputs">Results, in the program's order.</param>
/// <param name="Cells">In evaluation order: a cell reads ports, constants and outputs of cells before it.</param>
/// <param name="Layers">Names of graph layers, for reports.</param>
/// <param name="Latency">Clocks from a sample at the inputs to its results: registers on every way from input to output.</param>
public sealed record BitNetlist(
    string Name,
    int SignalCount,
    EquatableArray<BitPort> Inputs,
    EquatableArray<BitPort> Outputs,
    EquatableArray<NetlistCell> Cells,
    EquatableArray<string> Layers,
    int Latency);

/// <summary>A port of a bit netlist.</summary>
/// <param name="Name">Name of the input layer's buffer or of the result.</param>
/// <param name="Elements">Its words.</param>
public sealed record BitPort(string Name, EquatableArray<BitElement> Elements);

/// <summary>One word of a port.</summary>
/// <param name="Format">Its format; width ≤ 0 is the constant 0, without signals.</param>
/// <param name="Signals">One signal a bit, least significant first, as many as the format has; at outputs constants may be among them.</param>
public sealed record BitElement(FixedPointFormat Format, EquatableArray<int> Signals);
