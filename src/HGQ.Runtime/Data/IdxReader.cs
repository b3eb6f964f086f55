using System;
using System.Buffers.Binary;

namespace HGQ.Runtime.Data;

/// <summary>Reads the IDX format of the MNIST files, plain or packed with gzip.</summary>
public static class IdxReader
{
    private const int MaxDimensions = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">The file can't be read, is not IDX, or is shorter or longer than its header says.</exception>
    public static NumericArray Read(string path) => Parse(path, DataFile.ReadAllBytes(path));

    /// <summary>Whether bytes begin like an IDX file.</summary>
    internal static bool IsIdx(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] == 0 && bytes[1] == 0 && ElementSize(bytes[2]) > 0 && bytes[3] is > 0 and <= MaxDimensions;

    internal static NumericArray Parse(string file, ReadOnlySpan<byte> bytes)
    {
        if (!IsIdx(bytes))
        {
            throw new DataFormatException(
                file, "bytes that are no IDX header", "0, 0, an element type (8, 9, 11 to 14) and the number of dimensions (1 to 8)",
                "Check that this is the IDX file.");
        }

        int dimensions = bytes[3];
        int start = 4 + (4 * dimensions);
        RequireLength(file, bytes.Length, start, atLeast: true);
        var shape = new int[dimensions];
        long size = 1;
        for (int d = 0; d < dimensions; d++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 + (4 * d))..]);
            size = Math.Min(size * extent, int.MaxValue);
            shape[d] = (int)Math.Min(extent, int.MaxValue);
        }

        RequireLength(file, bytes.Length, start + (size * ElementSize(bytes[2])), atLeast: false);
        return new NumericArray(Elements(bytes[2], bytes[start..]), shape);
    }

    private static Array Elements(byte type, ReadOnlySpan<byte> bytes) => type switch
    {
        0x08 => bytes.ToArray(),
        0x09 => ArrayElements.Read<sbyte>(bytes, bigEndian: true),
        0x0B => ArrayElements.Read<short>(bytes, bigEndian: true),
        0x0C => ArrayElements.Read<int>(bytes, bigEndian: true),
        0x0D => ArrayElements.Read<float>(bytes, bigEndian: true),
        _ => ArrayElements.Read<double>(bytes, bigEndian: true),
    };

    private static int ElementSize(byte type) => type switch
    {
        0x08 or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };

    private static void RequireLength(string file, long found, long expected, bool atLeast)
    {
        if (found != expected && !(atLeast && found > expected))
        {
            throw new DataFormatException(
                file,
                FormattableString.Invariant($"{found} bytes"),
                FormattableString.Invariant($"{expected} bytes by its header"),
                "The file is truncated or damaged: fetch it again.");
        }
    }
}
