using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Exact;

namespace HGQ.Import.Onnx;

/// <summary>Numbers that the file holds, or that follow from them, exact.</summary>
/// <param name="Shape">Sizes; empty for a single number.</param>
/// <param name="Values">Row-major.</param>
internal sealed record OnnxConstant(int[] Shape, Rational[] Values)
{
    /// <summary>Type of the elements as ONNX counts them; 0 where the numbers were computed.</summary>
    public int Type { get; init; }

    public Rational Single(string node, string what) => Values.Length == 1 ? Values[0]
        : throw new ImportException(node, $"its {what} has {Values.Length} numbers; one was expected");

    /// <summary>Values as integers of 31 bits.</summary>
    public int[] Integers(string node, string what) => [.. Values.Select(value => value.Denominator.IsOne && value.Abs() <= int.MaxValue
        ? (int)value.Numerator
        : value.Denominator.IsOne ? value.Sign * int.MaxValue
            : throw new ImportException(node, $"its {what} holds {value}, an integer was expected"))];

    public OnnxConstant Map(Func<Rational, Rational> function) => this with { Values = [.. Values.Select(function)] };

    /// <summary>An operation on two constants, broadcast as NumPy does.</summary>
    public static OnnxConstant Combine(OnnxConstant left, OnnxConstant right, string node, Func<Rational, Rational, Rational> function)
    {
        int rank = Math.Max(left.Shape.Length, right.Shape.Length);
        int[] a = Padded(left.Shape, rank), b = Padded(right.Shape, rank);
        int[] shape = [.. a.Zip(b, static (x, y) => Math.Max(x, y))];
        if (a.Zip(b).Any(static pair => pair.First != pair.Second && pair.First != 1 && pair.Second != 1))
        {
            throw new ImportException(node,
                $"constants of shapes [{string.Join(", ", left.Shape)}] and [{string.Join(", ", right.Shape)}] do not broadcast");
        }

        var values = new Rational[Size(shape, node)];
        for (var e = 0; e < values.Length; e++)
        {
            values[e] = function(left.Values[Index(e, shape, a)], right.Values[Index(e, shape, b)]);
        }

        return new OnnxConstant(shape, values);
    }

    public OnnxConstant Reshape(int[] shape, string node)
    {
        int open = Array.IndexOf(shape, -1);
        long known = shape.Where(static s => s > 0).Aggregate(1L, static (x, y) => x * y);
        int[] sizes = [.. shape.Select(
            (s, axis) => s == 0 && axis < Shape.Length ? Shape[axis] : axis == open && known > 0 ? (int)(Values.Length / known) : s)];
        return Size(sizes, node) == Values.Length ? this with { Shape = sizes }
            : throw new ImportException(node, $"it reshapes {Values.Length} numbers to [{string.Join(", ", shape)}]");
    }

    public OnnxConstant Transpose(int[] axes)
    {
        int[] shape = [.. axes.Select(axis => Shape[axis])], strides = new int[Shape.Length];
        int step = 1;
        for (int axis = Shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Shape[axis];
        }

        var values = new Rational[Values.Length];
        for (var e = 0; e < values.Length; e++)
        {
            int rest = e, from = 0;
            for (int axis = axes.Length - 1; axis >= 0; axis--)
            {
                from += rest % shape[axis] * strides[axes[axis]];
                rest /= shape[axis];
            }

            values[e] = Values[from];
        }

        return new OnnxConstant(shape, values);
    }

    public static int Size(IEnumerable<int> shape, string node)
    {
        long size = shape.Aggregate(1L, static (product, next) => next < 0 || product > OnnxFile.MostNumbers ? OnnxFile.MostNumbers + 1
            : product * next);
        return size <= OnnxFile.MostNumbers ? (int)size
            : throw new ImportException(node,
            $"a constant of shape [{string.Join(", ", shape)}] has more than {OnnxFile.MostNumbers} numbers");
    }

    private static int[] Padded(int[] shape, int rank) => [.. Enumerable.Repeat(1, rank - shape.Length), .. shape];

    private static int Index(int e, int[] shape, int[] operand)
    {
        int index = 0, step = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            index += operand[axis] == 1 ? 0 : e % shape[axis] * step;
            step *= operand[axis];
            e /= shape[axis];
        }

        return index;
    }
}
