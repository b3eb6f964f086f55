using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// A large product cut into tiles of its source, and each tile into groups of results, so that every group is a method of
/// straight-line code of bounded size whose accumulators stay in registers. The sums of a tile have 16 bits: modulo 2^16 where the
/// whole sum is, else exactly, with a constant that moves their interval into 16 bits.
/// </summary>
internal sealed class ProductTiles
{
    // Sums that leave a tile cost as much as this many additions.
    private const int LeastTermsOfSum = 6;
    private readonly ConstantProductPlan _plan;
    private readonly List<StraightLineGroup[]> _tiles = new();
    private readonly List<(int First, int Last)> _sources = new();
    private readonly Dictionary<(int Tile, int Output), int> _offsets = new();

    private ProductTiles(ConstantProductPlan plan, ProductTerms terms, int mostOutputs)
    {
        _plan = plan;
        int parts = (plan.Outputs + mostOutputs - 1) / mostOutputs, size = (plan.Outputs + parts - 1) / parts;
        int[][] groups = Enumerable.Range(0, parts).Select(n => Enumerable.Range(n * size, Math.Min(size, plan.Outputs - (n * size))).ToArray()).Where(group => group.Length > 0).ToArray();
        foreach (int[] sources in terms.Cut(size))
        {
            AddTile(terms, sources, groups);
        }
    }

    /// <summary>The groups of each tile; all tiles have the same groups of results.</summary>
    public IReadOnlyList<StraightLineGroup[]> Tiles => _tiles;

    /// <summary>Whether sums of tiles are added up in 32 bits.</summary>
    public bool Widens => _plan.Lane != LaneType.Int16;

    /// <summary>First and last source of a tile.</summary>
    public (int First, int Last) SourcesOf(int tile) => _sources[tile];

    /// <summary>What the sum of a tile starts with, so that it fits 16 bits.</summary>
    public int OffsetOf(int tile, int output) => _offsets.TryGetValue((tile, output), out int offset) ? offset : 0;

    /// <summary>What all tiles of a result start with.</summary>
    public long SumOfOffsets(int output) => Enumerable.Range(0, _tiles.Count).Sum(tile => (long)OffsetOf(tile, output));

    /// <summary>Most terms of one kernel in this form: a quarter of a megabyte of machine code, which narrower vectors have to read for fewer samples.</summary>
    public static int MostTerms(KernelShape shape) => shape.VectorBits switch { 512 => 32_000, 256 => 16_000, _ => 0 };

    /// <summary>
    /// Whether a product may have this form: 16-bit sources, and tiles that are worth it. Where vectors hold only 16 samples, sums
    /// of 32 bits cost so much behind each tile that packed pairs are as fast, and far smaller.
    /// </summary>
    public static bool Fits(Kernel kernel, ConstantProductPlan plan)
    {
        int terms = plan.CountTerms();
        return plan.Product.Positions == 1
            && terms <= MostTerms(kernel.Shape)
            && !plan.HasEqualTaps
            && kernel.Storage.TypeOf(plan.Product.Source) == LaneType.Int16
            && (plan.Lane == LaneType.Int16 || (plan.Lane == LaneType.Int32 && kernel.Shape.VectorBits == 512
                && new ProductTerms(kernel.Program, plan) is var exact && exact.AreNarrow
                && terms >= LeastTermsOfSum * exact.Cut(StraightLineProduct.MostAccumulators(kernel.Shape)).Count() * plan.Outputs));
    }

    /// <summary>The tiles of a product for a kernel.</summary>
    public static ProductTiles Of(Kernel kernel, ConstantProductPlan plan)
    {
        int most = StraightLineProduct.MostAccumulators(kernel.Shape);
        return kernel.Tables.Once($"tiles of {Literal.Of(most)}", plan.Destination, () => new ProductTiles(plan, new ProductTerms(kernel.Program, plan), most));
    }

    private void AddTile(ProductTerms terms, int[] sources, int[][] groups)
    {
        var inside = new HashSet<int>(sources);
        _tiles.Add(Array.ConvertAll(groups, group => new StraightLineGroup(group, group.SelectMany(j => terms.Of(j)).Where(term => inside.Contains(term.Source)), true)));
        if (Widens)
        {
            foreach (int j in groups.SelectMany(group => group))
            {
                _offsets.Add((_sources.Count, j), -(int)((terms.Low(j, inside) + terms.High(j, inside) + 1) >> 1));
            }
        }

        _sources.Add((sources[0], sources[sources.Length - 1]));
    }
}
