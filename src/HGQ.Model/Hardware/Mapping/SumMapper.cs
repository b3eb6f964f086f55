using System.Linq;
using System.Numerics;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Turns heaps into words: searches with several options and both polarities, and builds the cheapest plan.</summary>
internal sealed class SumMapper
{
    // The search counts bits in bytes; so tall a heap is brought down first, as it would be anyway.
    private const int MostBits = 200;
    private readonly NetlistDraft _draft;
    private readonly HeapSearchOptions[] _options;
    private readonly HeapSearch _search;

    public SumMapper(NetlistDraft draft, HeapSearchOptions[] options)
    {
        _draft = draft;
        _options = options;
        _search = new HeapSearch(options[0].Windows);
    }

    /// <summary>One literal a column. Where <paramref name="eitherPolarity"/> is, all of them may be those of the inverted sum, inverted.</summary>
    public int[] Map(BitHeap heap, bool eitherPolarity)
    {
        heap = heap.Tallest > MostBits ? Lowered(heap) : heap;
        var heaps = eitherPolarity ? new[] { heap, heap.Inverted() } : new[] { heap };
        var problems = heaps.Select(one => one.Problem()).ToArray();
        HeapPlan? best = null;
        var chosen = 0;
        foreach (var options in _options)
        {
            for (var n = 0; n < heaps.Length; n++)
            {
                var plan = _search.Search(problems[n], options, best?.Cost ?? float.PositiveInfinity);
                if (plan is not null)
                {
                    best = plan;
                    chosen = n;
                }
            }
        }

        var builder = new HeapBuilder(_draft, heaps[chosen], _options[0].Windows);
        int[] literals = builder.Build(problems[chosen], best?.Moves ?? []);
        return chosen == 1 ? literals.Select(Literal.Not).ToArray() : literals;
    }

    private BitHeap Lowered(BitHeap heap)
    {
        var builder = new HeapBuilder(_draft, heap, _options[0].Windows);
        var lower = new BitHeap(heap.Columns.Length, heap.Dropped);
        var columns = builder.Compress(_options[0].TallPrice, MostBits);
        for (var column = 0; column < columns.Length; column++)
        {
            lower.Add((BigInteger)builder.Constants[column] << column);
            columns[column].ForEach(bit => lower.Add(bit.Literal, bit.Level, column, subtract: false));
        }

        return lower;
    }
}
