using System.Collections.Generic;
using System.Linq;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// Pairs of pairs as sums of many terms. A pair that is read once is a part of its reader: how a sum is added up is then decided where it
/// is written, with as few levels and bits as its terms allow.
/// </summary>
internal sealed class PairExpansion
{
    private readonly int _first;
    private readonly IReadOnlyList<TermPair> _pairs;
    private readonly int[] _readers;
    private readonly int[] _numbers;
    private readonly IReadOnlyList<SumTerm>[] _terms;

    private PairExpansion(int first, IReadOnlyList<TermPair> pairs, IReadOnlyList<List<SumTerm>> sums)
    {
        (_first, _pairs) = (first, pairs);
        (_readers, _numbers) = (new int[first + pairs.Count], new int[first + pairs.Count]);
        _terms = new IReadOnlyList<SumTerm>[pairs.Count];
        var read = pairs.SelectMany(pair => new[] { pair.Low, pair.High }).Concat(sums.SelectMany(sum => sum.Select(term => term.Id)));
        foreach (var id in read)
        {
            _readers[id]++;
        }
    }

    /// <summary>The sums that are read several times, numbered behind the operands, and the given ones with them.</summary>
    /// <param name="first">Number of the first pair.</param>
    /// <param name="pairs">The pairs; each reads operands and pairs before it.</param>
    /// <param name="sums">The sums.</param>
    public static (IReadOnlyList<IReadOnlyList<SumTerm>> Shared, IReadOnlyList<IReadOnlyList<SumTerm>> Sums) Of(
        int first, IReadOnlyList<TermPair> pairs, IReadOnlyList<List<SumTerm>> sums)
    {
        var expansion = new PairExpansion(first, pairs, sums);
        return (expansion.Shared(), sums.Select(sum => sum.SelectMany(expansion.Expand).ToList()).ToList());
    }

    private List<IReadOnlyList<SumTerm>> Shared()
    {
        var shared = new List<IReadOnlyList<SumTerm>>();
        for (var n = 0; n < _pairs.Count; n++)
        {
            var pair = _pairs[n];
            var high = new SumTerm(pair.High, pair.Distance, pair.Differ);
            _terms[n] = Expand(new SumTerm(pair.Low, 0, false)).Concat(Expand(high)).ToArray();
            if (_readers[_first + n] > 1)
            {
                _numbers[_first + n] = _first + shared.Count;
                shared.Add(_terms[n]);
            }
        }

        return shared;
    }

    private IEnumerable<SumTerm> Expand(SumTerm term) => term.Id < _first ? [term]
        : _readers[term.Id] > 1 ? [new SumTerm(_numbers[term.Id], term.Shift, term.Negative)]
        : _terms[term.Id - _first].Select(part => new SumTerm(part.Id, part.Shift + term.Shift, part.Negative != term.Negative));
}
