using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace HGQ.Runtime.Compiled;

/// <summary>Owns blocks of memory that start at the boundaries of vectors and are 0 at first; they are freed together.</summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const int Alignment = 64;
    private readonly List<nint> _blocks = [];

    ~AlignedMemory() => Free();

    /// <summary>A block of zeros.</summary>
    /// <param name="count">Number of elements; rounded up to whole vectors of 512 bits.</param>
    public T* Allocate<T>(long count)
        where T : unmanaged
    {
        nuint bytes = (nuint)(((count * sizeof(T)) + Alignment - 1) / Alignment * Alignment);
        void* block = NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment);
        NativeMemory.Clear(block, Math.Max(bytes, Alignment));
        _blocks.Add((nint)block);
        return (T*)block;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.AlignedFree((void*)block);
        }

        _blocks.Clear();
    }
}
