using System;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>The states of a search, kept in one array: bits there, bits that arrive at the next level, constants, and bits that are not inverted.</summary>
internal sealed class HeapStates
{
    private byte[] _bytes = new byte[4096];
    private StateHeader[] _headers = new StateHeader[256];
    private int _columns;

    /// <summary>Number of states.</summary>
    public int Count { get; private set; }

    /// <summary>The counts of all states: state s has its bits from s·4·columns on, then what arrives, constants, and plain bits.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Forgets all states.</summary>
    public void Clear(int columns)
    {
        _columns = columns;
        Count = 0;
    }

    /// <summary>The header of a state.</summary>
    public ref StateHeader this[int state] => ref _headers[state];

    /// <summary>Index of the first byte of a state.</summary>
    public int At(int state) => state * 4 * _columns;

    /// <summary>Adds a state from its bytes.</summary>
    public int Add(byte[] bytes, in StateHeader header)
    {
        if (Count == _headers.Length)
        {
            Array.Resize(ref _headers, Count * 2);
        }

        int at = At(Count);
        if (at + (4 * _columns) > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, at + (4 * _columns)));
        }

        Buffer.BlockCopy(bytes, 0, _bytes, at, 4 * _columns);
        _headers[Count] = header;
        return Count++;
    }
}

/// <summary>What a search knows of a state beside its counts.</summary>
internal struct StateHeader
{
    /// <summary>LUTs and priced levels so far.</summary>
    public float Spent;

    /// <summary>Expected total.</summary>
    public float Expected;

    /// <summary>Level, counted from the first.</summary>
    public int Level;

    /// <summary>The state before.</summary>
    public int Parent;

    /// <summary>Sum over columns of counts times random weights: equal states have equal hashes.</summary>
    public ulong Hash;

    /// <summary>The move that led here.</summary>
    public HeapMove? Move;
}
