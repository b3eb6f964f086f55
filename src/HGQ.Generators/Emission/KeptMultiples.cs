using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Multiples of sources that are formed by one group of a product and read from memory afterwards.</summary>
internal sealed class KeptMultiples
{
    private readonly Kernel _kernel;
    private readonly Dictionary<(int Source, BigInteger Factor), (int FormedBy, int Place)> _places = new();

    // A larger product is not straight-line code in any case.
    private const int MostWeights = 1 << 20;

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

    public static KeptMultiples Of(Kernel kernel, ConstantProductPlan plan, StraightLineGroup[] groups)
    {
        var kept = new KeptMultiples(kernel);
        if (!plan.KeepsMultiples)
        {
            return kept;
        }

        var needs = groups.SelectMany((group, number) => group.Sources
            .SelectMany(source => group.FactorsOf(source).Select(factor => (Source: source, Factor: factor, Number: number, Later: false)))
            .Concat(group.Sums.Select(sum => (Source: sum.Low, Factor: sum.LowFactor, Number: number, Later: true))));
        foreach (var need in needs.Where(need => !need.Factor.IsOne).GroupBy(need => (need.Source, need.Factor)))
        {
            if (need.Any(n => n.Later) || need.Select(n => n.Number).Distinct().Skip(1).Any())
            {
                kept._places.Add(need.Key, (need.Min(n => n.Number), kept._places.Count));
            }
        }

        return kept;
    }

    /// <summary>Multiples of a source that a group forms and keeps, ascending.</summary>
    public IEnumerable<BigInteger> FormedBy(int group, int source)
        => _places.Where(place => place.Key.Source == source && place.Value.FormedBy == group).Select(place => place.Key.Factor).OrderBy(factor => factor);

    /// <summary>Whether an earlier group has formed the multiple.</summary>
    public bool IsKeptBefore(int group, int source, BigInteger factor)
        => _places.TryGetValue((source, factor), out var place) && place.FormedBy < group;

    /// <summary>Declares the memory in a method, if it has any.</summary>
    public void Declare(int group)
    {
        if (_places.Count > 0)
        {
            _kernel.Writer.Line($"ref short m = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, {_kernel.Storage.BytesPerLane * _kernel.Shape.Lanes})); // multiples{(group == 0 ? string.Empty : " of the groups before")}");
        }
    }

    public string Load(int source, BigInteger factor) => $"{_kernel.Shape.Vector}.LoadUnsafe(ref m, {Place(source, factor)})";

    public string Store(int source, BigInteger factor)
        => $"{_kernel.Shape.Vector}.StoreUnsafe({Multiples.NameOf(factor)}, ref m, {Place(source, factor)});";

    private string Place(int source, BigInteger factor) => Literal.Of(_places[(source, factor)].Place * _kernel.Shape.Lanes);
}
