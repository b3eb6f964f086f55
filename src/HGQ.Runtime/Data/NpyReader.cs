using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace HGQ.Runtime.Data;

/// <summary>Reads NumPy's <c>.npy</c> format (versions 1 to 3): integers, float32 and float64 in C order.</summary>
public static partial class NpyReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The file can't be read, is no NPY file, holds another type, or is in Fortran order.</exception>
    public static NumericArray Read(string path) => Parse(path, DataFile.ReadAllBytes(path));

    /// <summary>Whether bytes begin like an NPY file.</summary>
    internal static bool IsNpy(ReadOnlySpan<byte> bytes) => bytes.Length >= 10 && Magic(bytes);

    internal static NumericArray Parse(string file, ReadOnlySpan<byte> bytes)
    {
        if (!IsNpy(bytes))
        {
            throw new DataFormatException(
                file, "bytes that are no NPY header", "\\x93NUMPY and a version", "Save the array with numpy.save.");
        }

        bool longHeader = bytes[6] >= 2;
        int start = longHeader ? 12 : 10;
        long length = longHeader && bytes.Length >= 12 ? BitConverter.ToUInt32(bytes[8..]) : BitConverter.ToUInt16(bytes[8..]);
        if (start + length > bytes.Length)
        {
            throw Truncated(file, bytes.Length, start + length);
        }

        string header = Encoding.UTF8.GetString(bytes.Slice(start, (int)length));
        int[] shape = Shape(file, header);
        RequireOrder(file, header, shape);
        return new NumericArray(Elements(file, header, bytes[(start + (int)length)..], shape), shape);
    }

    private static bool Magic(ReadOnlySpan<byte> bytes) =>
        bytes[0] == 0x93 && bytes[1..6].SequenceEqual("NUMPY"u8) && bytes[6] is >= 1 and <= 3;

    private static Array Elements(string file, string header, ReadOnlySpan<byte> bytes, int[] shape)
    {
        string type = DescrPattern().Match(header).Groups[1].Value;
        int size = type.Length == 3 ? type[2] - '0' : 0;
        long expected = shape.Aggregate((long)size, static (product, d) => Math.Min(product * d, long.MaxValue >> 32));
        bool big = type.StartsWith('>');
        if (size > 0 && expected != bytes.Length)
        {
            throw Truncated(file, bytes.Length, expected);
        }

        Array? elements = type.Length == 3 ? Elements(type[1..], bytes, big) : null;
        return elements ?? throw new DataFormatException(
            file, $"elements of type '{type}'", "integers, float32 or float64", "Convert with array.astype('float32').");
    }

    private static Array? Elements(string kind, ReadOnlySpan<byte> bytes, bool big) => kind switch
    {
        "f4" => ArrayElements.Read<float>(bytes, big),
        "f8" => ArrayElements.Read<double>(bytes, big),
        "u1" or "b1" => bytes.ToArray(),
        "i1" => ArrayElements.Read<sbyte>(bytes, big),
        "i2" => ArrayElements.Read<short>(bytes, big),
        "u2" => ArrayElements.Read<ushort>(bytes, big),
        "i4" => ArrayElements.Read<int>(bytes, big),
        "u4" => ArrayElements.Read<uint>(bytes, big),
        "i8" => ArrayElements.Read<long>(bytes, big),
        _ => null,
    };

    private static int[] Shape(string file, string header)
    {
        Match match = ShapePattern().Match(header);
        string[] parts = match.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        bool valid = match.Success;
        for (int d = 0; d < parts.Length; d++)
        {
            valid &= int.TryParse(parts[d], NumberStyles.None, CultureInfo.InvariantCulture, out shape[d]);
        }

        return valid
            ? shape
            : throw new DataFormatException(file, $"the header {header.Trim()}", "a shape in it", "Save the array with numpy.save.");
    }

    private static void RequireOrder(string file, string header, int[] shape)
    {
        if (shape.Length > 1 && FortranPattern().IsMatch(header))
        {
            throw new DataFormatException(
                file, "an array in Fortran order", "C order", "Save numpy.ascontiguousarray(array) instead.");
        }
    }

    private static DataFormatException Truncated(string file, long found, long expected) => new(
        file,
        FormattableString.Invariant($"{found} bytes"),
        FormattableString.Invariant($"{expected} bytes by its header"),
        "The file is truncated or damaged: save it again.");

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*True")]
    private static partial Regex FortranPattern();
}
