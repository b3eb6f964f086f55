using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>
/// Pairs of terms that occur often, the most promising first: what parts are grown from. They are counted once and kept up to date
/// by the terms that leave rows and enter them: counting all pairs again for each part took longer than everything else.
/// </summary>
internal sealed class FrequentPairs
{
    private const int FewestUses = 3;

    // Where there are more, none are counted: they would need more memory than they are worth.
    private const long MostPairs = 1L << 26;
    private const int MostSlots = 1 << 24;
    private readonly PartValue _value;
    private readonly int _firstOperands;
    private readonly bool _counting;
    private readonly byte[] _atFirst;
    private readonly Dictionary<ulong, int> _counts = new();
    private readonly SortedSet<(double Promise, ulong Pair)> _frequent = new(new PromiseOrder());

    /// <summary>Counts the pairs of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="value">Knows the operands, of which there are those of the rows only.</param>
    public FrequentPairs(IReadOnlyCollection<SharedTerm[]> rows, PartValue value)
    {
        _value = value;
        _firstOperands = value.Operands;
        long pairs = rows.Sum(row => (long)row.Length * row.Length / 2);
        _counting = pairs <= MostPairs;
        var slots = 1024;
        while (slots < Math.Min(pairs, MostSlots) && _counting)
        {
            slots *= 2;
        }

        // Pairs of first operands only become fewer: those that are seldom at first are never counted. Some pairs share a slot.
        _atFirst = new byte[slots];
        foreach (var row in rows)
        {
            Change([], row, 0);
        }

        foreach (var row in rows)
        {
            Change([], row, 1);
        }
    }

    /// <summary>Notes that terms were added to a row, or taken out of it.</summary>
    /// <param name="kept">The row without them.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="change">1 or −1.</param>
    public void Change(SharedTerm[] kept, SharedTerm[] terms, int change)
    {
        for (var i = 0; i < terms.Length && _counting; i++)
        {
            foreach (var term in kept)
            {
                Count(term, terms[i], change);
            }

            for (var j = 0; j < i; j++)
            {
                Count(terms[j], terms[i], change);
            }
        }
    }

    /// <summary>The most promising pairs, each as a part.</summary>
    public IEnumerable<SharedTerm[]> Best(int most) => _frequent.Take(most).Select(entry => new[]
    {
        new SharedTerm((int)(entry.Pair >> 40), 0, 0),
        new SharedTerm((int)(entry.Pair >> 16) & 0xFFFFFF, Difference(entry.Pair) >> 1, Difference(entry.Pair) & 1),
    }).ToArray();

    private void Count(in SharedTerm a, in SharedTerm b, int change)
    {
        if (a.Operand == b.Operand && a.Shift == b.Shift)
        {
            return;
        }

        ulong pair = a.Operand < b.Operand || (a.Operand == b.Operand && a.Shift < b.Shift) ? Pair(a, b) : Pair(b, a);
        ref byte atFirst = ref _atFirst[(int)((pair * 0x9E3779B97F4A7C15) >> 40) & (_atFirst.Length - 1)];
        if (change == 0)
        {
            atFirst += (byte)(atFirst < FewestUses ? 1 : 0);
        }
        else if (atFirst >= FewestUses || Math.Max(a.Operand, b.Operand) >= _firstOperands)
        {
            Recount(pair, change);
        }
    }

    private void Recount(ulong pair, int change)
    {
        _counts.TryGetValue(pair, out int before);
        int after = before + change;
        if (after == 0)
        {
            _counts.Remove(pair);
        }
        else
        {
            _counts[pair] = after;
        }

        if (before >= FewestUses)
        {
            _frequent.Remove((Promise(pair, before), pair));
        }

        double promise = after >= FewestUses ? Promise(pair, after) : double.NegativeInfinity;
        if (promise > double.NegativeInfinity)
        {
            _frequent.Add((promise, pair));
        }
    }

    // Numbers in the order of the first operand, the second one, and how the second is shifted and negated against the first.
    private static ulong Pair(in SharedTerm a, in SharedTerm b) =>
        ((ulong)a.Operand << 40) | ((ulong)b.Operand << 16) | (uint)(0x8000 + ((b.Shift - a.Shift) * 2) + (a.Negative ^ b.Negative));

    private static int Difference(ulong pair) => (int)(pair & 0xFFFF) - 0x8000;

    // The columns where both have bits are what can be added once.
    private double Promise(ulong pair, int uses)
    {
        int shift = Difference(pair) >> 1;
        int overlap = Math.Min(_value.Width((int)(pair >> 40)), _value.Width((int)(pair >> 16) & 0xFFFFFF) + shift) - Math.Max(0, shift);
        return overlap <= 1 ? double.NegativeInfinity : (uses * 0.5 * (overlap - 1)) - (overlap * 0.8);
    }

    private sealed class PromiseOrder : IComparer<(double Promise, ulong Pair)>
    {
        public int Compare((double Promise, ulong Pair) x, (double Promise, ulong Pair) y)
        {
            int promise = y.Promise.CompareTo(x.Promise);
            return promise != 0 ? promise : x.Pair.CompareTo(y.Pair);
        }
    }
}
