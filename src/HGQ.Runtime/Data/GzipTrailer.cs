using System;
using System.Buffers.Binary;

namespace HGQ.Runtime.Data;

/// <summary>The last eight bytes of a gzip file (RFC 1952): CRC-32 and length of the last member, before packing.</summary>
internal static class GzipTrailer
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>Whether unpacked data end as the trailer says. They may come from several members, one behind the other.</summary>
    public static bool Fits(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> unpacked)
    {
        if (packed.Length < 18)
        {
            return false;
        }

        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(packed[^8..]), length = BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        return length <= (uint)unpacked.Length && Checksum(unpacked[^(int)length..]) == checksum;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint entry = n;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ ((entry & 1) * Polynomial);
            }

            table[(int)n] = entry;
        }

        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum = (sum >> 8) ^ table[(int)((sum ^ value) & 255)];
        }

        return ~sum;
    }
}
