using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>For every two rows the part they have in common that is worth most; kept up to date as rows change.</summary>
internal sealed class CommonParts
{
    private const int Offered = 6;
    private const int FewestTerms = 3;
    private readonly List<SharedTerm[]> _rows;
    private readonly PartValue _value;
    private readonly SortedSet<int> _changed;
    private readonly List<SharedTerm[]> _ordered = new();
    private readonly Dictionary<int, int> _counts = new();
    private readonly Dictionary<(int First, int Second), (double Value, SharedTerm[] Part)> _known = new();

    public CommonParts(List<SharedTerm[]> rows, PartValue value)
    {
        _rows = rows;
        _value = value;
        _changed = new SortedSet<int>(Enumerable.Range(0, rows.Count));
    }

    public void Changed(int row) => _changed.Add(row);

    /// <summary>The parts of two rows that are worth most, at least <paramref name="least"/>.</summary>
    public IEnumerable<SharedTerm[]> Best(double least)
    {
        foreach (int row in _changed)
        {
            Order(row);
        }

        foreach (int row in _changed)
        {
            for (var other = 0; other < _rows.Count; other++)
            {
                // Two that both changed meet once.
                if (other < row || (other > row && !_changed.Contains(other)))
                {
                    Renew(System.Math.Min(row, other), System.Math.Max(row, other), least);
                }
            }
        }

        _changed.Clear();
        return _known.OrderByDescending(entry => entry.Value.Value).ThenBy(entry => entry.Key.First).ThenBy(entry => entry.Key.Second)
            .Take(Offered).Select(entry => entry.Value.Part).ToArray();
    }

    private void Renew(int first, int second, double least)
    {
        var aligned = Aligned(first, second);
        double best = least;
        SharedTerm[]? part = null;
        foreach (var entry in aligned.OrderBy(entry => entry.Key))
        {
            var candidate = entry.Value.ToArray();
            double value = _value.Of(candidate, 2);
            if (value > best)
            {
                best = value;
                part = candidate;
            }
        }

        if (part is null)
        {
            _known.Remove((first, second));
        }
        else
        {
            _known[(first, second)] = (best, part);
        }
    }

    private void Order(int row)
    {
        while (_ordered.Count <= row)
        {
            _ordered.Add([]);
        }

        _ordered[row] = _rows[row].OrderBy(term => term.Operand).ToArray();
    }

    // The terms of the first row that the second one has too, for each shift and sign between the rows that brings enough of them together.
    private Dictionary<int, List<SharedTerm>> Aligned(int first, int second)
    {
        _counts.Clear();
        ForEachMatch(first, second, (key, _) =>
        {
            _counts.TryGetValue(key, out int count);
            _counts[key] = count + 1;
        });
        var aligned = _counts.Where(entry => entry.Value >= FewestTerms).ToDictionary(entry => entry.Key, _ => new List<SharedTerm>());
        if (aligned.Count > 0)
        {
            ForEachMatch(first, second, (key, term) =>
            {
                if (aligned.TryGetValue(key, out var terms))
                {
                    terms.Add(term);
                }
            });
        }

        return aligned;
    }

    private void ForEachMatch(int first, int second, System.Action<int, SharedTerm> match)
    {
        SharedTerm[] others = _ordered[second];
        foreach (var term in _rows[first])
        {
            int low = 0, high = others.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = others[middle].Operand < term.Operand ? (middle + 1, high) : (low, middle);
            }

            for (; low < others.Length && others[low].Operand == term.Operand; low++)
            {
                match(((others[low].Shift - term.Shift) * 2) + (term.Negative ^ others[low].Negative), term);
            }
        }
    }
}
