using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Serialization.Json;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Integers in nested arrays: the nesting is checked on the tape before anything of their number is allocated.</summary>
internal sealed class NestedIntegers
{
    private readonly ModelValues _values;

    public NestedIntegers(ModelValues values) => _values = values;

    /// <summary>Small integers, single or nested, with the shape that the nesting has; null and an error where it has none.</summary>
    public Block? Read(int node, int min, int max)
    {
        var sizes = new List<int>();
        int inner = node;
        while (_values.Tape.KindOf(inner) == JsonKind.Array && sizes.Count < ReaderLimits.Rank)
        {
            sizes.Add(_values.Tape[inner].Count);
            if (_values.Tape[inner].Count == 0 || _values.Tape[inner].Numbers > 0)
            {
                break;
            }

            inner++;
        }

        int[] shape = sizes.ToArray();
        if (shape.Length == 0)
        {
            return new Block(node, shape, new[] { _values.Integer(node, min, max) });
        }

        if (!HasShape(node, shape, 0))
        {
            return null;
        }

        var integers = new int[Size(shape)];
        int filled = 0;
        ForEachRow(node, shape.Length, row =>
        {
            int[] numbers = _values.Integers(row, min, max);
            numbers.CopyTo(integers, filled);
            filled += numbers.Length;
        });
        return new Block(node, shape, integers);
    }

    /// <summary>The raw integers of a tensor as storage, each checked against its format.</summary>
    public long[] Raw(int node, TensorFormat format)
    {
        int[] shape = format.Shape.Dimensions.ToArray();
        var raw = new long[shape.Length == 0 || HasShape(node, shape, 0) ? format.Shape.Size : 0];
        if (shape.Length == 0 && _values.Is(node, JsonKind.Number, "an integer"))
        {
            int at = _values.Tape[node].Start;
            raw[0] = Storage(ref at, format[0]);
        }

        int filled = 0;
        FixedPointFormat[] formats = format.Elements.Items;
        if (shape.Length > 0 && raw.Length > 0)
        {
            ForEachRow(node, shape.Length, row => filled = FillRow(row, raw, filled, formats));
        }

        return raw;
    }

    /// <summary>A flat array of raw integers of one format.</summary>
    public long[] Raw(int node, int count, FixedPointFormat format)
    {
        var raw = new long[count];
        int at = _values.Tape[node].Start + 1;
        for (int n = 0; n < count; n++)
        {
            at = _values.SkipToNumber(at);
            raw[n] = Storage(ref at, format);
        }

        return raw;
    }

    private static int Size(int[] shape)
    {
        int size = 1;
        foreach (int dimension in shape)
        {
            size = checked(size * dimension);
        }

        return size;
    }

    private int FillRow(int row, long[] raw, int filled, FixedPointFormat[] formats)
    {
        int at = _values.Tape[row].Start + 1;
        int end = filled + _values.Tape[row].Count;
        for (int e = filled; e < end; e++)
        {
            at = _values.SkipToNumber(at);
            raw[e] = Storage(ref at, formats[e]);
        }

        return end;
    }

    private long Storage(ref int at, FixedPointFormat format)
    {
        int start = at;
        IntegerToken token = IntegerToken.Read(_values.Tape.Text, ref at);
        bool readable = format.IsUnsigned64 ? token.IsInteger && token.Fits && !token.IsNegative : token.IsSigned64;
        if (readable && format.ContainsStorage(token.Bits))
        {
            return token.Bits;
        }

        if (!token.IsInteger)
        {
            _values.NotAnInteger(start, at);
            return 0;
        }

        _values.Errors.Add(
            GraphErrorCodes.ValueOutsideFormat,
            start,
            Invariant($"{_values.Tape.Quote(start, at)} is outside its format {format}, which holds {format.MinRaw} to {format.MaxRaw}"));
        return 0;
    }

    // Depth is bounded by the rank, which is at most ReaderLimits.Rank.
    private bool HasShape(int node, int[] shape, int axis)
    {
        if (!_values.Is(node, JsonKind.Array, Invariant($"an array of {shape[axis]} elements")))
        {
            return false;
        }

        JsonNode array = _values.Tape[node];
        if (array.Count != shape[axis])
        {
            _values.Error(ModelErrorCodes.WrongShape, node, Invariant($"{array.Count} elements found; {shape[axis]} are expected"));
            return false;
        }

        if (axis == shape.Length - 1)
        {
            return _values.IsArrayOfNumbers(node);
        }

        int[] rows = _values.Elements(node, "arrays");
        foreach (int row in rows)
        {
            if (!HasShape(row, shape, axis + 1))
            {
                return false;
            }
        }

        return rows.Length == array.Count;
    }

    private void ForEachRow(int node, int rank, Action<int> action)
    {
        if (rank == 1)
        {
            action(node);
            return;
        }

        int row = node + 1;
        for (int n = 0; n < _values.Tape[node].Count; n++)
        {
            ForEachRow(row, rank - 1, action);
            row = _values.Tape.Next(row);
        }
    }

    /// <summary>Integers and the shape of their nesting.</summary>
    internal sealed record Block(int Node, int[] Sizes, int[] Integers)
    {
        /// <summary>Whether axes agree from the last one on, or are 1 or absent here.</summary>
        public bool IsBroadcastableTo(TensorShape shape)
        {
            int offset = shape.Rank - Sizes.Length;
            for (int axis = 0; axis < Sizes.Length; axis++)
            {
                if (offset < 0 || (Sizes[axis] != 1 && Sizes[axis] != shape[axis + offset]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>One integer for all elements, or one for each.</summary>
        public int[] Expand(TensorShape shape)
        {
            int size = shape.Size;
            if (Integers.Length == 1 || Integers.Length == size)
            {
                return Integers;
            }

            int[] strides = BroadcastStrides(shape);
            var expanded = new int[size];
            var index = new int[shape.Rank];
            int source = 0;
            for (int e = 0; e < size; e++)
            {
                expanded[e] = Integers[source];
                for (int axis = shape.Rank - 1; axis >= 0; axis--)
                {
                    source += strides[axis];
                    if (++index[axis] < shape[axis])
                    {
                        break;
                    }

                    source -= strides[axis] * shape[axis];
                    index[axis] = 0;
                }
            }

            return expanded;
        }

        private int[] BroadcastStrides(TensorShape shape)
        {
            var strides = new int[shape.Rank];
            int offset = shape.Rank - Sizes.Length;
            int stride = 1;
            for (int axis = Sizes.Length - 1; axis >= 0; axis--)
            {
                strides[axis + offset] = Sizes[axis] == 1 ? 0 : stride;
                stride *= Sizes[axis];
            }

            return strides;
        }
    }
}
