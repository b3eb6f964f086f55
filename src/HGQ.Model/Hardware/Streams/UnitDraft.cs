using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Hardware.Streams;

/// <summary>A unit before its circuit is mapped.</summary>
/// <param name="Sources">Buffers that it reads, without repeats.</param>
/// <param name="Line">The positions that pass.</param>
/// <param name="Circuit">What is done at one position: its code ports are what the circuit reads.</param>
/// <param name="Result">Buffer that it writes; −1 of the last unit where it works on whole samples.</param>
internal sealed record UnitDraft(IReadOnlyList<int> Sources, PositionLine Line, IntegerProgram Circuit, int Result)
{
    /// <summary>Layer that it begins with.</summary>
    public string Name => Circuit.Instructions.First(instruction => instruction is not QuantizeInputInstruction).Layer;
}
