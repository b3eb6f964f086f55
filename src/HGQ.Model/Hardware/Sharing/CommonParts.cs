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
        SharedTerm[] a = _rows[first], b = _rows[second];
        var aligned = new Dictionary<int, List<SharedTerm>>();
        foreach (var term in a)
        {
            foreach (var other in b)
            {
                if (term.Operand == other.Operand)
                {
                    int key = ((other.Shift - term.Shift) * 2) + (term.Negative ^ other.Negative);
                    if (!aligned.TryGetValue(key, out var list))
                    {
                        aligned.Add(key, list = new List<SharedTerm>());
                    }

                    list.Add(term);
                }
            }
        }

        double best = least;
        SharedTerm[]? part = null;
        foreach (var entry in aligned.Where(entry => entry.Value.Count >= FewestTerms).OrderBy(entry => entry.Key))
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
}
