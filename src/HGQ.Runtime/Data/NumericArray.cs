using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>
/// An array of numbers as a file holds them, row major, kept in the file's own element type (a set of images as bytes) and
/// read as float64, which every supported type but 64-bit integers beyond 2^53 enters exactly.
/// </summary>
public sealed class NumericArray
{
    private readonly Array _elements;

    /// <summary>Wraps elements of one of the types byte, sbyte, short, ushort, int, uint, long, float and double.</summary>
    /// <param name="elements">The elements, row major.</param>
    /// <param name="shape">The sizes of the dimensions, outermost first.</param>
    /// <exception cref="ArgumentException">The shape does not hold the elements, or their type is none of these.</exception>
    public NumericArray(Array elements, IReadOnlyList<int> shape)
    {
        _elements = elements;
        Shape = shape;
        long size = shape.Aggregate(1L, static (product, dimension) => product * dimension);
        if (size != elements.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"The shape holds {size} elements, the array {elements.Length}."), nameof(shape));
        }

        if (elements is not (byte[] or sbyte[] or short[] or ushort[] or int[] or uint[] or long[] or float[] or double[]))
        {
            throw new ArgumentException($"Elements of type {elements.GetType().Name} are not numbers.", nameof(elements));
        }
    }

    /// <summary>The sizes of the dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _elements.Length;

    /// <summary>Whether the elements are stored as integers.</summary>
    public bool IsInteger => _elements is not (float[] or double[]);

    /// <summary>One element.</summary>
    public double this[int index]
    {
        get
        {
            Span<double> one = stackalloc double[1];
            CopyTo(index, one);
            return one[0];
        }
    }

    /// <summary>Copies elements <paramref name="start"/>, start + 1, … as float64.</summary>
    public void CopyTo(int start, Span<double> destination)
    {
        switch (_elements)
        {
            case double[] a: a.AsSpan(start, destination.Length).CopyTo(destination); break;
            case float[] a: Convert(a, start, destination, static x => x); break;
            case byte[] a: Convert(a, start, destination, static x => x); break;
            case sbyte[] a: Convert(a, start, destination, static x => x); break;
            case short[] a: Convert(a, start, destination, static x => x); break;
            case ushort[] a: Convert(a, start, destination, static x => x); break;
            case int[] a: Convert(a, start, destination, static x => x); break;
            case uint[] a: Convert(a, start, destination, static x => x); break;
            case long[] a: Convert(a, start, destination, static x => x); break;
        }
    }

    private static void Convert<T>(T[] source, int start, Span<double> destination, Func<T, double> convert)
    {
        ReadOnlySpan<T> from = source.AsSpan(start, destination.Length);
        for (int i = 0; i < from.Length; i++)
        {
            destination[i] = convert(from[i]);
        }
    }
}
