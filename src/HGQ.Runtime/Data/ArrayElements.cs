using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HGQ.Runtime.Data;

/// <summary>Turns the bytes of a file into an array of its element type.</summary>
internal static class ArrayElements
{
    /// <summary>Reads elements of an unmanaged type, reversing the bytes of each where the file's order is the other one.</summary>
    public static T[] Read<T>(ReadOnlySpan<byte> bytes, bool bigEndian)
        where T : unmanaged
    {
        T[] elements = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        int size = Unsafe.SizeOf<T>();
        if (bigEndian == BitConverter.IsLittleEndian && size > 1)
        {
            Span<byte> all = MemoryMarshal.AsBytes(elements.AsSpan());
            for (int i = 0; i < all.Length; i += size)
            {
                all.Slice(i, size).Reverse();
            }
        }

        return elements;
    }
}
