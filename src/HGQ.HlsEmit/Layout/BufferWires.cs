using System;
using System.Globalization;
using System.Numerics;
using HGQ.HlsEmit.Dialects;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Layout;

/// <summary>
/// How a buffer is kept in C++: a struct. Elements whose indices are equal modulo the period share a type and form an array,
/// so that a loop over positions can index it; with the period equal to the length every element is a member of its own,
/// with its exact type. Elements that are always the same have no wire: readers see the constant.
/// </summary>
internal sealed class BufferWires
{
    private readonly ProgramBuffer _buffer;
    private readonly WireType[] _types;
    private readonly BigInteger?[] _constants;

    /// <summary>Lays out a buffer.</summary>
    public BufferWires(ProgramBuffer buffer, int index, string name, int period, CppDialect dialect)
    {
        Dialect = dialect;
        Index = index;
        _buffer = buffer;
        Name = name;
        Period = period;
        _types = new WireType[period];
        _constants = new BigInteger?[period];
        for (var channel = 0; channel < period; channel++)
        {
            var hull = Hull(channel, new PositionRange(period, Positions));
            _constants[channel] = hull.IsPoint ? hull.Low : null;
            _types[channel] = hull.IsPoint ? default : WireType.For(hull);
        }
    }

    /// <summary>Index of the buffer in the program.</summary>
    public int Index { get; }

    /// <summary>How its types are written.</summary>
    public CppDialect Dialect { get; }

    /// <summary>Identifier of the buffer.</summary>
    public string Name { get; set; }

    /// <summary>Name of the struct.</summary>
    public string StructName => Name + "_wires";

    /// <summary>Name of the variable that holds it.</summary>
    public string Variable => Name + "_y";

    /// <summary>Name of the layer whose header declares the struct.</summary>
    public string? Header { get; set; }

    /// <summary>Number of members, wires or not.</summary>
    public int Period { get; }

    /// <summary>Elements of each member.</summary>
    public int Positions => _buffer.Length / Period;

    /// <summary>Whether members are arrays.</summary>
    public bool IsArray => Positions > 1;

    /// <summary>Elements of the buffer.</summary>
    public int Length => _buffer.Length;

    /// <summary>Whether any element is a wire.</summary>
    public bool HasWires => Array.Exists(_constants, constant => constant is null);

    /// <summary>Format of an element.</summary>
    public FixedPointFormat Format(int element) => _buffer.Formats[element];

    /// <summary>Whether an element is a wire.</summary>
    public bool HasWire(int element) => _constants[element % Period] is null;

    /// <summary>Type of an element's wire.</summary>
    public WireType Type(int element) => _types[element % Period];

    /// <summary>The constant an element without a wire stands for.</summary>
    public BigInteger Constant(int element) => _constants[element % Period]!.Value;

    /// <summary>Everything that the elements of a range of positions can be.</summary>
    public RawInterval Hull(int element, PositionRange positions)
    {
        var hull = _buffer.Intervals[element];
        for (var p = 1; p < positions.Count; p++)
        {
            hull = hull.Union(_buffer.Intervals[element + (p * positions.Stride)]);
        }

        return hull;
    }

    /// <summary>Range of one element.</summary>
    public RawInterval Interval(int element) => _buffer.Intervals[element];

    /// <summary>Declaration of the member that holds an element.</summary>
    public string Member(int channel) => !IsArray
        ? string.Create(CultureInfo.InvariantCulture, $"e{channel}")
        : Period == 1 ? "v" : string.Create(CultureInfo.InvariantCulture, $"c{channel}");

    /// <summary>The element as C++, in a variable of the struct's type; <paramref name="at"/> is added to the index.</summary>
    public string Text(string variable, int element, string? at = null)
    {
        if (!IsArray)
        {
            return variable + "." + Member(element);
        }

        var index = element / Period;
        var text = index.ToString(CultureInfo.InvariantCulture);
        return $"{variable}.{Member(element % Period)}[{(at is null ? text : index == 0 ? at : at + " + " + text)}]";
    }

    /// <summary>The element as an operand: its wire, or its constant.</summary>
    public Operand Read(string variable, int element) => Interval(element).IsPoint
        ? Operand.Of(Interval(element).Low)
        : new Operand(Text(variable, element), Type(element), Interval(element));
}
