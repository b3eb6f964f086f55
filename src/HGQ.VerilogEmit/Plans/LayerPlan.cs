using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;

namespace HGQ.VerilogEmit.Plans;

/// <summary>The module of a layer: its cells, and the signals that it takes and gives.</summary>
/// <param name="Layer">Index of the layer in the netlist.</param>
/// <param name="Name">Name of the layer in the model.</param>
/// <param name="Module">Name of the module, and of its file.</param>
/// <param name="Identifier">Its name in the top module: the instance is this behind <c>u_</c>, the bus of its results this with
/// <c>_y</c>.</param>
/// <param name="Cells">Its cells but for registers, in evaluation order.</param>
/// <param name="Registers">Its registers by the stage that they begin, in ascending order.</param>
/// <param name="Reads">Signals from outside, without constants.</param>
/// <param name="Gives">Signals that others read.</param>
internal sealed record LayerPlan(
    int Layer,
    string Name,
    string Module,
    string Identifier,
    IReadOnlyList<NetlistCell> Cells,
    IReadOnlyList<(int Stage, IReadOnlyList<RegisterCell> Cells)> Registers,
    IReadOnlyList<int> Reads,
    IReadOnlyList<int> Gives);
