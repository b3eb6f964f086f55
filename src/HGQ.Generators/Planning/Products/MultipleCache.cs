using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Planning.Products;

/// <summary>Multiples of sources that are formed by one group of a product and read from memory afterwards.</summary>
internal sealed class MultipleCache
{
    private readonly Dictionary<(int Source, ulong Factor), (int FormedBy, int Place)> _places = new();
    private readonly Dictionary<(int Group, int Source), List<ulong>> _formed = new();

    /// <summary>What groups that follow each other keep, if they keep anything.</summary>
    public static MultipleCache Of(UnrolledGroup[] groups, bool keeps)
    {
        var kept = new MultipleCache();
        if (!keeps)
        {
            return kept;
        }

        var needs = groups.SelectMany((group, number) => group.Sources
            .SelectMany(source => group.FactorsOf(source).Select(factor => (Source: source, Factor: factor, Number: number, Later: false)))
            .Concat(group.Sums.Select(sum => (Source: sum.Low, Factor: sum.LowFactor, Number: number, Later: true))));
        foreach (var need in needs.Where(need => need.Factor != 1).GroupBy(need => (need.Source, need.Factor)))
        {
            int first = need.First().Number;
            if (need.Any(n => n.Later || n.Number != first))
            {
                kept.Keep(need.Key.Source, need.Key.Factor, first);
            }
        }

        return kept;
    }

    private void Keep(int source, ulong factor, int group)
    {
        _places.Add((source, factor), (group, _places.Count));
        if (!_formed.TryGetValue((group, source), out var factors))
        {
            _formed.Add((group, source), factors = new List<ulong>());
        }

        int place = factors.BinarySearch(factor);
        factors.Insert(~place, factor);
    }

    /// <summary>Multiples of a source that a group forms and keeps, ascending.</summary>
    public IReadOnlyList<ulong> FormedBy(int group, int source)
        => _formed.TryGetValue((group, source), out var factors) ? factors : Array.Empty<ulong>();

    /// <summary>Whether an earlier group has formed the multiple.</summary>
    public bool IsKeptBefore(int group, int source, ulong factor)
        => _places.TryGetValue((source, factor), out var place) && place.FormedBy < group;

    /// <summary>Whether any are kept.</summary>
    public bool Any => _places.Count > 0;

    /// <summary>Number of multiples that are kept.</summary>
    public int Count => _places.Count;

    /// <summary>Place of a multiple among those that are kept.</summary>
    public int PlaceOf(int source, ulong factor) => _places[(source, factor)].Place;
}
