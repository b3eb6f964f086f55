using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Layout;

/// <summary>A buffer as the body of a loop sees it.</summary>
internal sealed class BufferView : IKernelTarget
{
    private readonly BufferWires _wires;
    private readonly string _variable;
    private readonly int[] _offsets;
    private readonly IndexExpression _index;

    /// <summary>Creates a view; one offset means that there is no loop.</summary>
    public BufferView(BufferWires wires, string variable, int[] offsets)
    {
        _wires = wires;
        _variable = variable;
        _offsets = offsets;
        _index = IndexExpression.For(offsets.Select(o => o / wires.Period).ToArray(), variable + "_at");
    }

    private readonly SortedSet<int> _read = [];

    /// <summary>Bits of the elements that were read where the index moves: each needs a multiplexer over all positions.</summary>
    public int MovingBits => _offsets.Length == 1 || _offsets.Distinct().Count() == 1 || !_wires.IsArray ? 0
        : _read.Sum(element => Type(element).Width);

    /// <summary>Number of positions.</summary>
    public int Positions => _offsets.Length;

    /// <summary>Index of the buffer in the program.</summary>
    public int Buffer => _wires.Index;

    /// <summary>Lines that define the index.</summary>
    public IEnumerable<string> Prologue => _index.Prologue;

    /// <summary>Whether an element is a wire.</summary>
    public bool HasWire(int element) => _wires.HasWire(element);

    /// <summary>Type of an element's wire.</summary>
    public WireType Type(int element) => _wires.Type(element);

    /// <summary>Format of an element (at the first position).</summary>
    public FixedPointFormat Format(int element) => _wires.Format(element);

    /// <summary>The element as the target of an assignment.</summary>
    public string Target(int element) => _wires.Text(_variable, element, _index.Text);

    /// <inheritdoc/>
    public BufferPlace Place(int element) => new(this, element);

    /// <summary>Index of an element at a position.</summary>
    public int At(int element, int position) => element + _offsets[position];

    /// <summary>Everything the element can be, at any position.</summary>
    public RawInterval Interval(int element) => _offsets.Select(o => _wires.Interval(element + o)).Aggregate((a, b) => a.Union(b));

    /// <summary>The element as an operand.</summary>
    public Operand Read(int element)
    {
        var interval = Interval(element);
        if (!interval.IsPoint)
        {
            _read.Add(element);
        }

        return interval.IsPoint ? Operand.Of(interval.Low) : new Operand(Target(element), Type(element), interval, WireNode.Of(new BufferPlace(this, element)));
    }
}

/// <summary>An element of a buffer, as the body of a loop sees it.</summary>
/// <param name="View">The buffer.</param>
/// <param name="Element">The element at the first position.</param>
internal readonly record struct BufferPlace(BufferView View, int Element);
