using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Multiples of sources that are formed by one group of a product and read from memory afterwards.</summary>
internal sealed class KeptMultiples
{
    private readonly Kernel _kernel;
    private readonly Dictionary<(int Source, ulong Factor), (int FormedBy, int Place)> _places = new();
    private readonly Dictionary<(int Group, int Source), List<ulong>> _formed = new();

    /// <summary>Most weights, zeros included, of a product that keeps multiples: those of a larger one are not counted, and it has no memory for them.</summary>
    public const int MostWeights = 1 << 20;

    private KeptMultiples(Kernel kernel) => _kernel = kernel;

    /// <summary>Most multiples of a product that are kept: 16 KiB in the widest kernel, a part of the first-level cache.</summary>
    public const int Most = 448;

    /// <summary>Multiples that a product can need: those of its weights, but the sources themselves; 0 where none can be kept.</summary>
    public static int CountIn(ConstantProductInstruction product)
    {
        var found = new HashSet<(int, ulong)>();
        if (product.Positions > 1 || product.TapOffsets.Distinct().Count() < product.TapOffsets.Length || product.Weights.Length > MostWeights)
        {
            return 0;
        }

        for (var n = 0; n < product.Weights.Length; n++)
        {
            long weight = product.Weights[n];
            if (weight is < -1 or > 1)
            {
                found.Add((product.TapOffsets[n / product.Outputs], weight < 0 ? 0UL - (ulong)weight : (ulong)weight));
            }
        }

        return found.Count;
    }

    /// <summary>What groups that follow each other keep, if they keep anything.</summary>
    public static KeptMultiples Of(Kernel kernel, StraightLineGroup[] groups, bool keeps)
    {
        var kept = new KeptMultiples(kernel);
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

    public string Load(int source, ulong factor) => $"{_kernel.Shape.Vector}.LoadUnsafe(ref m, {Place(source, factor)})";

    public string Store(int source, ulong factor)
        => $"{_kernel.Shape.Vector}.StoreUnsafe({Multiples.NameOf(factor)}, ref m, {Place(source, factor)});";

    private string Place(int source, ulong factor) => Literal.Of(_places[(source, factor)].Place * _kernel.Shape.Lanes);
}
