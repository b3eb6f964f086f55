using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>
/// Finds parts of sums that occur several times and are cheaper made once (docs/hardware-network.md §4): greedily, the part that
/// saves the most, grown from common parts of two rows and from frequent pairs.
/// </summary>
internal sealed class SumSharing
{
    private const int MostParts = 600;
    private readonly List<SharedTerm[]> _rows;
    private readonly SharingOptions _options;
    private readonly PartValue _value;
    private readonly CommonParts _common;
    private FrequentPairs? _pairs;

    /// <summary>Prepares a search.</summary>
    /// <param name="rows">The sums.</param>
    /// <param name="profiles">Bits a column of each operand.</param>
    /// <param name="options">How parts are chosen.</param>
    public SumSharing(IEnumerable<SharedTerm[]> rows, IEnumerable<int[]> profiles, SharingOptions options)
    {
        _rows = rows.ToList();
        FirstRows = _rows.Count;
        _options = options;
        _value = new PartValue(profiles, options);
        _common = new CommonParts(_rows, _value);
    }

    /// <summary>The sums, then the shared sums in the order they were found; those read operands and each other.</summary>
    public IReadOnlyList<SharedTerm[]> Rows => _rows;

    /// <summary>Sums there were before sharing: the row of the first shared sum.</summary>
    public int FirstRows { get; }

    /// <summary>Searches.</summary>
    public void Run(CancellationToken cancellation)
    {
        _pairs = new FrequentPairs(_rows, _value);
        for (var made = 0; made < MostParts; made++)
        {
            cancellation.ThrowIfCancellationRequested();
            var best = Candidates().OrderByDescending(candidate => candidate.Value).FirstOrDefault();
            if (best.Part is null || best.Value < _options.LeastGain)
            {
                return;
            }

            Substitute(best.Part);
        }
    }

    private IEnumerable<(double Value, SharedTerm[]? Part)> Candidates()
    {
        var rank = 0;
        foreach (var part in _common.Best(_options.LeastGain))
        {
            yield return Shrink(part, rank++ < 3);
        }

        foreach (var pair in _pairs!.Best(_options.Pairs))
        {
            yield return Grow(pair);
        }
    }

    // Terms that cost more than they save are left out again.
    private (double Value, SharedTerm[] Part) Shrink(SharedTerm[] part, bool thorough)
    {
        double value = _value.Of(part, Occurrences.Count(_rows, part));
        for (var better = thorough; better && part.Length > 2;)
        {
            better = false;
            SharedTerm[]? shorter = null;
            for (var n = 0; n < part.Length; n++)
            {
                var without = part.Where((_, at) => at != n).ToArray();
                double candidate = _value.Of(without, Occurrences.Count(_rows, without));
                if (candidate > value + 1e-9)
                {
                    value = candidate;
                    shorter = without;
                }
            }

            if (shorter is not null)
            {
                part = shorter;
                better = true;
            }
        }

        return (value, part);
    }

    private (double Value, SharedTerm[] Part) Grow(SharedTerm[] part)
    {
        var occurrences = Occurrences.Of(_rows, part);
        double best = occurrences.Count >= 2 ? _value.Of(part, occurrences.Count) : -1;
        var bestPart = part;
        var stale = 0;
        for (var step = 0; step < 12 && occurrences.Count >= 2 && stale < 3; step++)
        {
            var next = BestExtension(part, occurrences);
            if (next is null)
            {
                break;
            }

            part = next;
            occurrences = Occurrences.Of(_rows, part);
            double value = occurrences.Count >= 2 ? _value.Of(part, occurrences.Count) : -1;
            stale = value > best ? 0 : stale + 1;
            if (value > best)
            {
                best = value;
                bestPart = part;
            }
        }

        return (best, bestPart);
    }

    private SharedTerm[]? BestExtension(SharedTerm[] part, List<Occurrence> occurrences)
    {
        var counts = new Dictionary<long, int>();
        foreach (var occurrence in occurrences)
        {
            var row = _rows[occurrence.Row];
            for (var n = 0; n < row.Length; n++)
            {
                if (Array.IndexOf(occurrence.Terms, n) < 0)
                {
                    long key = new SharedTerm(row[n].Operand, row[n].Shift - occurrence.Shift, row[n].Negative ^ occurrence.Negative).Key;
                    counts.TryGetValue(key, out int count);
                    counts[key] = count + 1;
                }
            }
        }

        SharedTerm[]? best = null;
        double most = double.NegativeInfinity;
        foreach (var entry in counts.Where(entry => entry.Value >= 2).OrderByDescending(entry => entry.Value).ThenByDescending(entry => entry.Key).Take(6))
        {
            var longer = part.Concat(new[] { SharedTerm.Of(entry.Key) }).ToArray();
            double value = _value.Of(longer, entry.Value);
            if (value > most)
            {
                most = value;
                best = longer;
            }
        }

        return best;
    }

    private void Substitute(SharedTerm[] part)
    {
        int lowest = part.Min(term => term.Shift);
        part = part.Select(term => term with { Shift = term.Shift - lowest }).ToArray();
        var occurrences = Occurrences.Of(_rows, part);
        int operand = _value.AddShared(part, occurrences.Count);
        foreach (var inRow in occurrences.GroupBy(occurrence => occurrence.Row))
        {
            var row = _rows[inRow.Key];
            var taken = new HashSet<int>(inRow.SelectMany(occurrence => occurrence.Terms));
            var kept = row.Where((_, n) => !taken.Contains(n)).ToArray();
            var shared = inRow.Select(occurrence => new SharedTerm(operand, occurrence.Shift, occurrence.Negative)).ToArray();
            _pairs!.Change(kept, row.Where((_, n) => taken.Contains(n)).ToArray(), -1);
            _pairs.Change(kept, shared, 1);
            _rows[inRow.Key] = kept.Concat(shared).ToArray();
            _common.Changed(inRow.Key);
        }

        _rows.Add(part);
        _pairs!.Change([], part, 1);
        _common.Changed(_rows.Count - 1);
    }
}
