using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.HlsEmit.Adders;

/// <summary>Numbers of pairs: a hash table with open addressing, because millions of pairs are looked up and most are not there.</summary>
internal sealed class PairTable
{
    private const int Smallest = 64;

    // A key is stored plus 1, so that 0 is a free place.
    private ulong[] _keys = new ulong[Smallest];
    private int[] _values = new int[Smallest];
    private int _used;

    /// <summary>The pairs and their numbers, in no order.</summary>
    public IEnumerable<(TermPair Pair, int Value)> Entries
    {
        get
        {
            for (var at = 0; at < _keys.Length; at++)
            {
                if (_keys[at] != 0)
                {
                    yield return (new TermPair(_keys[at] - 1), _values[at]);
                }
            }
        }
    }

    /// <summary>Place of a pair among so many, from all of its bits (Fibonacci hashing).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(TermPair pair, int places) =>
        (int)((pair.Key + 1) * 0x9E3779B97F4A7C15 >> (BitOperations.LeadingZeroCount((ulong)places) + 1));

    /// <summary>The number of a pair; no reference at all where it is not there.</summary>
    public ref int Find(TermPair pair)
    {
        var keys = _keys;
        for (var at = Place(pair, keys.Length); keys[at] != 0; at = (at + 1) & (keys.Length - 1))
        {
            if (keys[at] == pair.Key + 1)
            {
                return ref _values[at];
            }
        }

        return ref Unsafe.NullRef<int>();
    }

    /// <summary>The number of a pair; 0 where it was not there.</summary>
    public ref int FindOrAdd(TermPair pair)
    {
        if (2 * _used >= _keys.Length)
        {
            Grow();
        }

        var at = Place(pair, _keys.Length);
        for (; _keys[at] != 0; at = (at + 1) & (_keys.Length - 1))
        {
            if (_keys[at] == pair.Key + 1)
            {
                return ref _values[at];
            }
        }

        _used++;
        _keys[at] = pair.Key + 1;
        return ref _values[at];
    }

    /// <summary>Forgets all pairs.</summary>
    public void Clear()
    {
        Array.Clear(_keys);
        Array.Clear(_values);
        _used = 0;
    }

    private void Grow()
    {
        var (keys, values) = (_keys, _values);
        (_keys, _values, _used) = (new ulong[2 * keys.Length], new int[2 * keys.Length], 0);
        for (var at = 0; at < keys.Length; at++)
        {
            if (keys[at] != 0)
            {
                FindOrAdd(new TermPair(keys[at] - 1)) = values[at];
            }
        }
    }
}
