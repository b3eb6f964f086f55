using System.Collections.Generic;
using HGQ.HlsEmit.Text;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Layout;

/// <summary>The layouts of all buffers of a program.</summary>
internal sealed class BufferLayouts
{
    private readonly List<BufferWires> _wires = [];
    private readonly List<string> _wanted = [];
    private bool _named;

    private BufferLayouts(ProjectNames names) => Names = names;

    /// <summary>The names of the project.</summary>
    public ProjectNames Names { get; }

    /// <summary>Layout of a buffer.</summary>
    public BufferWires this[int buffer] => _wires[buffer];

    /// <summary>Lays out all buffers of a program; they have no names yet.</summary>
    public static BufferLayouts For(IntegerProgram program, ProjectNames names)
    {
        var periods = PeriodPlanner.Plan(program);
        var layouts = new BufferLayouts(names);
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
        _wires.Add(new BufferWires(buffer, _wires.Count, _named ? Names.Buffer(buffer.Name) : "", period, Names.Dialect));
        _wanted.Add(buffer.Name);
        return _wires.Count - 1;
    }

    /// <summary>Gives all buffers names; those that come later get them at once. Ports and layers take theirs before.</summary>
    public void TakeNames()
    {
        _named = true;
        for (var buffer = 0; buffer < _wires.Count; buffer++)
        {
            _wires[buffer].Name = Names.Buffer(_wanted[buffer]);
        }
    }
}
