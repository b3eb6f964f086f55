using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// A large product of 16-bit sums cut into tiles of its source, and each tile into groups of results, so that every group is a method
/// of straight-line code of bounded size whose accumulators stay in registers.
/// </summary>
internal sealed class ProductTiles
{
    // With what else a tile reads and writes they fill two thirds of the first-level cache.
    private const int MostMultiples = 256;
    private readonly List<StraightLineGroup[]> _tiles = new();
    private readonly List<(int First, int Last)> _sources = new();

    private ProductTiles(ConstantProductPlan plan, int mostOutputs)
    {
        int parts = (plan.Outputs + mostOutputs - 1) / mostOutputs, size = (plan.Outputs + parts - 1) / parts;
        var terms = Enumerable.Range(0, plan.Outputs).Where(j => plan.Finish[j].Known is null)
            .SelectMany(j => plan.Terms(j).Select(term => new ProductTerm(term.Offset, plan.Lane.Reduce(term.Weight), j)))
            .Where(term => term.Factor != 0)
            .ToLookup(term => term.Source);
        foreach (int[] sources in Cut(terms, size, parts).DefaultIfEmpty(new[] { 0 }))
        {
            var inside = sources.SelectMany(source => terms[source]).ToLookup(term => term.Output / size);
            _tiles.Add(Enumerable.Range(0, parts).Where(n => n * size < plan.Outputs)
                .Select(n => new StraightLineGroup(Enumerable.Range(n * size, Math.Min(size, plan.Outputs - (n * size))).ToArray(), inside[n], true)).ToArray());
            _sources.Add((sources[0], sources[sources.Length - 1]));
        }
    }

    /// <summary>The groups of each tile; all tiles have the same groups of results.</summary>
    public IReadOnlyList<StraightLineGroup[]> Tiles => _tiles;

    /// <summary>First and last source of a tile.</summary>
    public (int First, int Last) SourcesOf(int tile) => _sources[tile];

    /// <summary>Most terms of one kernel in this form, for the sake of its size and of the compiler; narrower vectors have to read the same code for fewer samples.</summary>
    public static int MostTerms(KernelShape shape) => shape.VectorBits switch { 512 => 32_000, 256 => 16_000, _ => 0 };

    /// <summary>Whether a product may have this form: sources and sums of 16 bits. Sums of 32 bits would have to leave 16-bit tiles so often that packed pairs are as fast, and far smaller.</summary>
    public static bool Fits(Kernel kernel, ConstantProductPlan plan)
        => plan.Product.Positions == 1
            && plan.CountTerms() <= MostTerms(kernel.Shape)
            && plan.Product.Weights.Length <= KeptMultiples.MostWeights
            && !plan.HasEqualTaps
            && plan.Lane == LaneType.Int16
            && kernel.Storage.TypeOf(plan.Product.Source) == LaneType.Int16;

    /// <summary>The tiles of a product for a kernel.</summary>
    public static ProductTiles Of(Kernel kernel, ConstantProductPlan plan)
    {
        int most = StraightLineProduct.MostAccumulators(kernel.Shape);
        return kernel.Tables.Once($"tiles of {Literal.Of(most)}", plan.Destination, () => new ProductTiles(plan, most));
    }

    // Sources, ascending: so many that no group has too many terms for a method, and few enough multiples are kept.
    private static IEnumerable<int[]> Cut(ILookup<int, ProductTerm> terms, int size, int parts)
    {
        var counts = new int[parts];
        var tile = new List<int>();
        var multiples = 0;
        foreach (int source in terms.Select(group => group.Key).OrderBy(source => source))
        {
            int more = terms[source].Where(term => term.Magnitude != 1).Select(term => term.Magnitude).Distinct().Count();
            if (tile.Count > 0 && (multiples + more > MostMultiples || terms[source].Any(term => counts[term.Output / size] + size > StraightLineProduct.MostTermsOfMethod)))
            {
                yield return tile.ToArray();
                tile.Clear();
                Array.Clear(counts, 0, counts.Length);
                multiples = 0;
            }

            tile.Add(source);
            multiples += more;
            foreach (var term in terms[source])
            {
                counts[term.Output / size]++;
            }
        }

        if (tile.Count > 0)
        {
            yield return tile.ToArray();
        }
    }
}
