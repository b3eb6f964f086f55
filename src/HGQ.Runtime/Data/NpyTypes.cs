using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Data;

/// <summary>NumPy's element types: byte order (<c>&lt;</c>, <c>&gt;</c>, <c>=</c> or <c>|</c>), kind and size.</summary>
internal static class NpyTypes
{
    private const int LongestText = 1 << 20;

    /// <summary>Bytes of a number; 0 where the type is none that is read.</summary>
    public static int NumberSize(string type) => type.Length == 3 && type[0] is '<' or '>' or '=' or '|'
        ? type[1..] switch
        {
            "u1" or "i1" or "b1" => 1,
            "u2" or "i2" or "f2" => 2,
            "u4" or "i4" or "f4" => 4,
            "u8" or "i8" or "f8" => 8,
            _ => 0,
        }
        : 0;

    /// <summary>Bytes of a text: U has four a character, S one. Null where the type is no text.</summary>
    public static int? TextSize(string type) =>
        type.Length >= 3 && type[1] is 'U' or 'S'
        && int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length is > 0 and <= LongestText
            ? length * (type[1] == 'U' ? 4 : 1)
            : null;

    public static Array Numbers(string type, ReadOnlySpan<byte> bytes)
    {
        bool big = type[0] == '>';
        return type[1..] switch
        {
            "u1" or "b1" => bytes.ToArray(),
            "i1" => ArrayElements.Read<sbyte>(bytes, big),
            "i2" => ArrayElements.Read<short>(bytes, big),
            "u2" => ArrayElements.Read<ushort>(bytes, big),
            "i4" => ArrayElements.Read<int>(bytes, big),
            "u4" => ArrayElements.Read<uint>(bytes, big),
            "i8" => ArrayElements.Read<long>(bytes, big),
            "u8" => ArrayElements.Read<ulong>(bytes, big),
            "f2" => Array.ConvertAll(ArrayElements.Read<Half>(bytes, big), static x => (float)x),
            "f4" => ArrayElements.Read<float>(bytes, big),
            _ => ArrayElements.Read<double>(bytes, big),
        };
    }

    /// <summary>One text, without the zeros behind it; null where its bytes are no text.</summary>
    public static string? Text(string type, ReadOnlySpan<byte> bytes)
    {
        if (type[1] == 'S')
        {
            return Utf8Text.Decode(bytes.TrimEnd((byte)0).ToArray(), out string text) < 0 ? text : null;
        }

        var letters = new StringBuilder();
        for (int at = 0; at < bytes.Length; at += 4)
        {
            uint letter = type[0] == '>' ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
            if (letter == 0 && bytes[at..].IndexOfAnyExcept((byte)0) < 0)
            {
                break;
            }

            if (!Rune.IsValid(letter))
            {
                return null;
            }

            letters.Append(new Rune(letter).ToString());
        }

        return letters.ToString();
    }
}
