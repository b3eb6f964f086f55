using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>The constants of many requantized elements as table columns.</summary>
internal sealed class RequantizeColumns
{
    private readonly LaneCode _code;
    private readonly RequantizeElement[] _elements;
    private readonly ElementColumns _columns;
    private readonly int _relu;
    private readonly int _left;
    private readonly int _addend;
    private readonly int _signMask;
    private readonly int _oddMask;
    private readonly int _right;
    private readonly int _wrapOffset;
    private readonly int _wrapMask;
    private readonly int _low;
    private readonly int _high;
    private readonly int _zeroLow;
    private readonly int _zeroHigh;

    public RequantizeColumns(LaneCode code, RequantizeElement[] elements)
    {
        _code = code;
        _elements = elements;
        _columns = new ElementColumns(elements.Length);
        BigInteger lowest = -(BigInteger.One << (code.Lane.Bits - 1)), highest = -lowest - 1;

        // A sum that is never negative needs no relu, and bears it, unless it is there modulo a power of two.
        bool relu = elements.Any(element => element.Relu);
        _relu = AddLimit(element => relu && element.IsReduced ? lowest : 0);
        _left = Add(element => element.Left);
        _addend = Add(element => element.Addend);
        _signMask = Add(element => element.SignMask);
        _oddMask = Add(element => element.OddMask);
        _right = Add(element => element.Right);
        _wrapOffset = Add(element => element.WrapOffset);
        _wrapMask = Add(element => element.WrapMask);

        // A known value is a clamp to it.
        _low = AddLimit(element => element.Known ?? (element.ZeroOutside ? null : element.Low) ?? lowest);
        _high = AddLimit(element => element.Known ?? (element.ZeroOutside ? null : element.High) ?? highest);
        _zeroLow = AddLimit(element => (element.ZeroOutside ? element.Low : null) ?? lowest);
        _zeroHigh = AddLimit(element => (element.ZeroOutside ? element.High : null) ?? highest);
    }

    public int Period => _columns.Period;

    /// <summary>Adds a column of the caller's own.</summary>
    public int Extra(IEnumerable<long> values) => _columns.Add(values);

    /// <summary>Leaves all elements apart: the loop's index is the element.</summary>
    public void KeepAll() => _columns.KeepAll();

    /// <summary>Finds the period; call when all columns are there.</summary>
    public void Complete() => _columns.Complete();

    /// <summary>Declares the tables, where that has not been done before; the terms read them at an index.</summary>
    public RequantizeTerms Declare(string index = ElementLoop.Index)
    {
        BigInteger lowest = -(BigInteger.One << (_code.Lane.Bits - 1)), highest = -lowest - 1;
        bool wraps = !_columns.IsAll(_wrapMask, BigInteger.MinusOne);
        bool clamps = !_columns.IsAll(_low, lowest) || !_columns.IsAll(_high, highest);
        bool zeroes = !_columns.IsAll(_zeroLow, lowest) || !_columns.IsAll(_zeroHigh, highest);
        return new RequantizeTerms(_code)
        {
            Relu = Value(_relu, _elements.Any(element => element.Relu), index),
            Left = Distance(_left, index),
            Addend = Value(_addend, !_columns.IsAll(_addend, 0), index),
            SignMask = Value(_signMask, !_columns.IsAll(_signMask, 0), index),
            OddMask = Value(_oddMask, !_columns.IsAll(_oddMask, 0), index),
            Right = Distance(_right, index),
            WrapOffset = Value(_wrapOffset, wraps && !_columns.IsAll(_wrapOffset, 0), index),
            WrapMask = Value(_wrapMask, wraps, index),
            Low = Value(_low, clamps, index),
            High = Value(_high, clamps, index),
            ZeroLow = Value(_zeroLow, zeroes, index),
            ZeroHigh = Value(_zeroHigh, zeroes, index),
        };
    }

    private int AddLimit(Func<RequantizeElement, BigInteger> value)
        => _columns.Add(_elements.Select(element => (long)_code.Lane.Saturate(value(element))).ToArray());

    private int Add(Func<RequantizeElement, BigInteger> value)
        => _columns.Add(_elements.Select(element => (long)_code.Lane.Reduce(value(element))).ToArray());

    /// <summary>A column of numbers; null where all are 0.</summary>
    public string? Distance(int column, string index = ElementLoop.Index) => _columns.Uniform(column) switch
    {
        0 => null,
        { } distance => Literal.Plain(distance),
        null => _code.DistanceColumn(_columns.OnePeriod(column), index),
    };

    /// <summary>A column of values of the lane type; null where it is not needed.</summary>
    public string? Value(int column, bool needed, string index = ElementLoop.Index) => !needed ? null
        : _columns.Uniform(column) is { } value ? _code.Constant(value)
        : _code.Column(_columns.OnePeriod(column), index);
}
