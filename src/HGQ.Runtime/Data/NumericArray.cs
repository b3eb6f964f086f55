using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>
/// An array of numbers as a file holds them, row major, kept in the file's own element type (a set of images as bytes) and
/// read as float64, which every supported type but 64-bit integers beyond 2^53 enters exactly.
/// </summary>
public sealed class NumericArray
{
    private readonly Array _elements;
    private readonly TypeCode _type;

    /// <summary>Wraps elements of one of the types byte, sbyte, short, ushort, int, uint, long, ulong, float and double.</summary>
    /// <param name="elements">The elements, row major.</param>
    /// <param name="shape">The sizes of the dimensions, outermost first.</param>
    /// <exception cref="ArgumentException">The shape does not hold the elements, or their type is none of these.</exception>
    public NumericArray(Array elements, IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Any(static dimension => dimension < 0))
        {
            string sizes = string.Join(", ", shape.Select(static dimension => dimension.ToString(CultureInfo.InvariantCulture)));
            throw new ArgumentException($"An array can't have the shape ({sizes}).", nameof(shape));
        }

        _elements = elements;
        Shape = shape;
        long size = shape.Aggregate(1L, static (product, dimension) => product * dimension);
        if (size != elements.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"The shape holds {size} elements, the array {elements.Length}."), nameof(shape));
        }

        _type = Type.GetTypeCode(elements.GetType().GetElementType());
        if (_type is < TypeCode.SByte or > TypeCode.Double)
        {
            throw new ArgumentException($"Elements of type {elements.GetType().Name} are not numbers.", nameof(elements));
        }
    }

    /// <summary>The sizes of the dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => _elements.Length;

    /// <summary>Whether the elements are stored as integers.</summary>
    public bool IsInteger => _type is not (TypeCode.Single or TypeCode.Double);

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
        // By the exact type: an array of signed integers is one of unsigned ones too where C# asks for it.
        switch (_type)
        {
            case TypeCode.Double: ((double[])_elements).AsSpan(start, destination.Length).CopyTo(destination); break;
            case TypeCode.Single: Convert<float>(start, destination, static x => x); break;
            case TypeCode.Byte: Convert<byte>(start, destination, static x => x); break;
            case TypeCode.SByte: Convert<sbyte>(start, destination, static x => x); break;
            case TypeCode.Int16: Convert<short>(start, destination, static x => x); break;
            case TypeCode.UInt16: Convert<ushort>(start, destination, static x => x); break;
            case TypeCode.Int32: Convert<int>(start, destination, static x => x); break;
            case TypeCode.UInt32: Convert<uint>(start, destination, static x => x); break;
            case TypeCode.Int64: Convert<long>(start, destination, static x => x); break;
            case TypeCode.UInt64: Convert<ulong>(start, destination, static x => x); break;
        }
    }

    /// <summary>One element as text: an integer with all its digits, also beyond 2^53.</summary>
    internal string TextOf(int index) => _type switch
    {
        TypeCode.Int64 => ((long[])_elements)[index].ToString(CultureInfo.InvariantCulture),
        TypeCode.UInt64 => ((ulong[])_elements)[index].ToString(CultureInfo.InvariantCulture),
        _ => this[index].ToString("R", CultureInfo.InvariantCulture),
    };

    private void Convert<T>(int start, Span<double> destination, Func<T, double> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = ((T[])_elements).AsSpan(start, destination.Length);
        for (int i = 0; i < from.Length; i++)
        {
            destination[i] = convert(from[i]);
        }
    }
}
