using System.Collections.Generic;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Layout;

/// <summary>The layouts of all buffers of a program.</summary>
internal sealed class BufferLayouts
{
    private readonly BufferWires[] _wires;

    private BufferLayouts(BufferWires[] wires) => _wires = wires;

    /// <summary>Layout of a buffer.</summary>
    public BufferWires this[int buffer] => _wires[buffer];

    /// <summary>Lays out all buffers of a program.</summary>
    public static BufferLayouts For(IntegerProgram program)
    {
        var periods = PeriodPlanner.Plan(program);
        var taken = new HashSet<string>();
        var wires = new BufferWires[program.Buffers.Length];
        for (var buffer = 0; buffer < wires.Length; buffer++)
        {
            var name = CppName.Unique(program.Buffers[buffer].Name, taken);
            wires[buffer] = new BufferWires(program.Buffers[buffer], name, periods[buffer]);
        }

        return new BufferLayouts(wires);
    }
}
