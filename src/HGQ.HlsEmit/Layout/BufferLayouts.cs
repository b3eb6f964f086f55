using System.Collections.Generic;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Layout;

/// <summary>The layouts of all buffers of a program.</summary>
internal sealed class BufferLayouts
{
    private readonly List<BufferWires> _wires = [];
    private readonly HashSet<string> _taken = [];

    private BufferLayouts()
    {
    }

    /// <summary>Layout of a buffer.</summary>
    public BufferWires this[int buffer] => _wires[buffer];

    /// <summary>Lays out all buffers of a program.</summary>
    public static BufferLayouts For(IntegerProgram program)
    {
        var periods = PeriodPlanner.Plan(program);
        var layouts = new BufferLayouts();
        for (var buffer = 0; buffer < periods.Length; buffer++)
        {
            layouts.Add(program.Buffers[buffer], periods[buffer]);
        }

        return layouts;
    }

    /// <summary>Lays out a buffer beside those of the program; gives its index.</summary>
    public int Add(ProgramBuffer buffer) => Add(buffer, PeriodPlanner.IsUniform(buffer) ? 1 : buffer.Length);

    private int Add(ProgramBuffer buffer, int period)
    {
        _wires.Add(new BufferWires(buffer, CppName.Unique(buffer.Name, _taken), period));
        return _wires.Count - 1;
    }
}
