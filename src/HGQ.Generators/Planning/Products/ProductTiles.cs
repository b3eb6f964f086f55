using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Products;

/// <summary>
/// A large product of 16-bit sums cut into tiles of its source, and each tile into groups of results, so that every group is a method
/// of straight-line code of bounded size whose accumulators stay in registers.
/// </summary>
internal sealed class ProductTiles
{
    private readonly List<UnrolledGroup[]> _tiles = new();
    private readonly List<MultipleCache> _multiples = new();
    private readonly List<(int First, int Last)> _sources = new();

    /// <summary>Cuts a product.</summary>
    /// <param name="plan">The product.</param>
    /// <param name="mostOutputs">Results whose accumulators stay in registers.</param>
    public ProductTiles(ConstantProductPlan plan, int mostOutputs)
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
                .Select(n => new UnrolledGroup(Enumerable.Range(n * size, Math.Min(size, plan.Outputs - (n * size))).ToArray(), inside[n], true)).ToArray());
            _multiples.Add(MultipleCache.Of(_tiles[_tiles.Count - 1], true));
            _sources.Add((sources[0], sources[sources.Length - 1]));
        }
    }

    /// <summary>The groups of each tile; all tiles have the same groups of results.</summary>
    public IReadOnlyList<UnrolledGroup[]> Tiles => _tiles;

    /// <summary>What the groups of each tile keep for each other.</summary>
    public IReadOnlyList<MultipleCache> Multiples => _multiples;

    /// <summary>First and last source of a tile.</summary>
    public (int First, int Last) SourcesOf(int tile) => _sources[tile];

    // Sources, ascending: so many that no group has too many terms for a method, and few enough multiples are kept.
    private static IEnumerable<int[]> Cut(ILookup<int, ProductTerm> terms, int size, int parts)
    {
        var counts = new int[parts];
        var tile = new List<int>();
        var multiples = 0;
        foreach (int source in terms.Select(group => group.Key).OrderBy(source => source))
        {
            int more = terms[source].Where(term => term.Magnitude != 1).Select(term => term.Magnitude).Distinct().Count();
            bool isFull = multiples + more > CostModel.MostMultiplesOfTile
                || terms[source].Any(term => counts[term.Output / size] + size > CostModel.MostTermsOfMethod);
            if (tile.Count > 0 && isFull)
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
