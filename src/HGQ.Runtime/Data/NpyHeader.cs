using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HGQ.Runtime.Data;

/// <summary>The header of an NPY file.</summary>
/// <param name="Type">Type of the elements as NumPy writes it, for example <c>&lt;f4</c>; all of the description where it is none of a plain type.</param>
/// <param name="Fortran">Whether the first index changes fastest.</param>
/// <param name="Shape">Sizes of the dimensions, outermost first.</param>
/// <param name="DataStart">Where the elements begin.</param>
internal sealed partial record NpyHeader(string Type, bool Fortran, int[] Shape, int DataStart)
{
    public static bool Begins(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10 && bytes[0] == 0x93 && bytes[1..6].SequenceEqual("NUMPY"u8) && bytes[6] is >= 1 and <= 3;

    public static NpyHeader Parse(string file, ReadOnlySpan<byte> bytes)
    {
        if (!Begins(bytes))
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

        string header = Encoding.Latin1.GetString(bytes.Slice(start, (int)length));
        return new NpyHeader(TypeOf(file, header), FortranPattern().IsMatch(header), ShapeOf(file, header), start + (int)length);
    }

    public static DataFormatException Truncated(string file, long found, long expected) => new(
        file,
        FormattableString.Invariant($"{found} bytes"),
        FormattableString.Invariant($"{expected} bytes by its header"),
        "The file is truncated or damaged: save it again.");

    private static string TypeOf(string file, string header)
    {
        Match plain = TypePattern().Match(header), other = DescriptionPattern().Match(header);
        return plain.Success ? plain.Groups[1].Value
            : other.Success ? other.Groups[1].Value.Trim()
            : throw Damaged(file, header, "a type in it");
    }

    private static int[] ShapeOf(string file, string header)
    {
        Match match = ShapePattern().Match(header);
        string[] parts = match.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[parts.Length];
        bool valid = match.Success && parts.Length <= 32;
        for (int d = 0; d < parts.Length; d++)
        {
            valid &= int.TryParse(parts[d], NumberStyles.None, CultureInfo.InvariantCulture, out shape[d]);
        }

        return valid ? shape : throw Damaged(file, header, "a shape in it");
    }

    private static DataFormatException Damaged(string file, string header, string expected) => new(
        file, $"the header {(header.Length > 200 ? header[..200] + "…" : header).Trim()}", expected, "Save the array with numpy.save.");

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'descr'\\s*:\\s*(\\[.*?\\]|\\(.*?\\))\\s*,\\s*'", RegexOptions.Singleline)]
    private static partial Regex DescriptionPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*True")]
    private static partial Regex FortranPattern();
}
