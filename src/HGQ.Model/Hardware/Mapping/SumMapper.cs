using System.Linq;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Turns heaps into words: searches with several options and both polarities, and builds the cheapest plan.</summary>
internal sealed class SumMapper
{
    private readonly NetlistDraft _draft;
    private readonly HeapSearchOptions[] _options;
    private readonly HeapSearch _search = new();

    public SumMapper(NetlistDraft draft, HeapSearchOptions[] options)
    {
        _draft = draft;
        _options = options;
    }

    /// <summary>One literal a column. Where <paramref name="eitherPolarity"/> is, all of them may be those of the inverted sum, inverted.</summary>
    public int[] Map(BitHeap heap, bool eitherPolarity)
    {
        var heaps = eitherPolarity ? new[] { heap, heap.Inverted() } : new[] { heap };
        var problems = heaps.Select(one => one.Problem(out _)).ToArray();
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

        heaps[chosen].Problem(out int firstLevel);
        var builder = new HeapBuilder(_draft, heaps[chosen], firstLevel);
        int[] literals = builder.Build(best?.Moves ?? []);
        return chosen == 1 ? literals.Select(Literal.Not).ToArray() : literals;
    }
}
