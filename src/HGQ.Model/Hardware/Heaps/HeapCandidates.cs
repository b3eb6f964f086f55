using System;
using System.Collections.Generic;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>A state that a move would lead to.</summary>
internal readonly record struct HeapCandidate(
    int Parent, HeapMoveKind Kind, ChainStart Start, int FirstStep, int Steps, float Spent, float Expected, ulong Hash);

/// <summary>The states that one step of a search can reach, equal ones once; keeps the most promising.</summary>
internal sealed class HeapCandidates
{
    private const int TableSize = 1 << 13;
    private readonly int[] _table = new int[TableSize];
    private HeapCandidate[] _candidates = new HeapCandidate[1024];
    private float[] _keys = new float[1024];
    private int[] _order = new int[1024];
    private int _count;
    private int _steps;

    /// <summary>Positions of all chains on offer.</summary>
    public ChainStep[] Path { get; private set; } = new ChainStep[4096];

    public void Clear()
    {
        _count = 0;
        _steps = 0;
        Array.Clear(_table, 0, TableSize);
    }

    public int BeginPath() => _steps;

    public void DropPath(int first) => _steps = first;

    public void Step(in ChainStep step)
    {
        if (_steps == Path.Length)
        {
            var longer = new ChainStep[_steps * 2];
            Array.Copy(Path, longer, _steps);
            Path = longer;
        }

        Path[_steps++] = step;
    }

    /// <summary>Remembers a candidate unless it cannot beat what is known, or an equal state is reached for less.</summary>
    public void Offer(in HeapCandidate candidate, float best)
    {
        if (candidate.Expected >= best || _count >= TableSize / 2)
        {
            return;
        }

        int slot = (int)(candidate.Hash >> 32) & (TableSize - 1);
        while (_table[slot] != 0)
        {
            int known = _table[slot] - 1;
            if (_candidates[known].Hash == candidate.Hash)
            {
                if (candidate.Spent < _candidates[known].Spent)
                {
                    _candidates[known] = candidate;
                }

                return;
            }

            slot = (slot + 1) & (TableSize - 1);
        }

        if (_count == _candidates.Length)
        {
            Array.Resize(ref _candidates, _count * 2);
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _order, _count * 2);
        }

        _candidates[_count++] = candidate;
        _table[slot] = _count;
    }

    /// <summary>Makes states of the most promising candidates.</summary>
    public List<int> Keep(HeapStates states, int beam, float best, HeapWork work)
    {
        for (var n = 0; n < _count; n++)
        {
            _keys[n] = _candidates[n].Expected;
            _order[n] = n;
        }

        int kept = Math.Min(beam, _count);
        Select(kept);
        Array.Sort(_order, 0, kept);
        var result = new List<int>(kept);
        for (var n = 0; n < kept; n++)
        {
            ref readonly var candidate = ref _candidates[_order[n]];
            if (candidate.Expected < best)
            {
                result.Add(work.Make(states, candidate, Path));
            }
        }

        return result;
    }

    // Brings the smallest keys to the front (Hoare's selection); equal keys in the order they were offered.
    private void Select(int wanted)
    {
        int low = 0, high = _count - 1;
        while (low < high)
        {
            int pivot = _order[(low + high) >> 1], i = low, j = high;
            while (i <= j)
            {
                while (Before(_order[i], pivot))
                {
                    i++;
                }

                while (Before(pivot, _order[j]))
                {
                    j--;
                }

                if (i <= j)
                {
                    (_order[i], _order[j]) = (_order[j], _order[i]);
                    i++;
                    j--;
                }
            }

            if (wanted - 1 <= j)
            {
                high = j;
            }
            else if (wanted - 1 >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    private bool Before(int left, int right) => _keys[left] < _keys[right] || (_keys[left] == _keys[right] && left < right);
}
