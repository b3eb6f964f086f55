using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>What strategies ask of a constant product, found once for all kernels, and only if it is asked for.</summary>
internal sealed class ProductFacts
{
    private readonly Dictionary<int, UnrolledGroup[]> _groups = new();
    private readonly Dictionary<int, MultipleCache> _multiples = new();
    private readonly Dictionary<int, ProductTiles> _tiles = new();
    private readonly Lazy<BytePairs?> _pairs;
    private readonly Lazy<BitInput?> _bits;
    private readonly Lazy<LookupTables?> _narrowLookups;
    private readonly Lazy<LookupTables?> _wideLookups;

    /// <summary>Facts of a step.</summary>
    public ProductFacts(IntegerProgram program, BufferTypes types, ProgramStep step)
    {
        Program = program;
        Types = types;
        Plan = new ConstantProductPlan(program, types, step);
        Terms = Plan.CountTerms();
        _pairs = new Lazy<BytePairs?>(() => BytePairs.Of(program, Plan));
        _bits = new Lazy<BitInput?>(() => BitInput.Of(program, Plan.Product));
        FixedPointFormat[] SourceFormats() => program.Buffers[Plan.Product.Source].Formats.ToArray();
        _narrowLookups = new Lazy<LookupTables?>(() => LookupTables.Of(Plan, SourceFormats(), Machine.Middle));
        _wideLookups = new Lazy<LookupTables?>(() => LookupTables.Of(Plan, SourceFormats(), Machine.Wide));
    }

    /// <summary>The program.</summary>
    public IntegerProgram Program { get; }

    /// <summary>Types of its buffers.</summary>
    public BufferTypes Types { get; }

    /// <summary>The product.</summary>
    public ConstantProductPlan Plan { get; }

    /// <summary>Number of weights that are not 0.</summary>
    public int Terms { get; }

    /// <summary>Terms of all positions.</summary>
    public long AllTerms => (long)Plan.Product.Positions * Terms;

    /// <summary>Type of the source's elements.</summary>
    public LaneType SourceType => Types[Plan.Product.Source];

    /// <summary>Elements of the source.</summary>
    public int SourceLength => Program.Buffers[Plan.Product.Source].Length;

    /// <summary>The product over pairs of bytes; null where source or weights are no bytes.</summary>
    public BytePairs? BytePairs => _pairs.Value;

    /// <summary>The input of few bits that the product alone reads; null where there is none.</summary>
    public BitInput? BitInput => _bits.Value;

    /// <summary>Tables of sums of four bits, for vectors of up to 256 bits, or of six; null where a weight is too large.</summary>
    public LookupTables? Lookups(KernelShape shape) => shape.Machine == Machine.Wide ? _wideLookups.Value : _narrowLookups.Value;

    /// <summary>Groups of results whose accumulators stay in the registers of a shape.</summary>
    public UnrolledGroup[] Groups(KernelShape shape)
    {
        int most = CostModel.MostAccumulators(shape);
        if (!_groups.TryGetValue(most, out var groups))
        {
            _groups.Add(most, groups = UnrolledGroup.All(Plan, most).ToArray());
        }

        return groups;
    }

    /// <summary>What those groups keep for each other.</summary>
    public MultipleCache Multiples(KernelShape shape)
    {
        int most = CostModel.MostAccumulators(shape);
        if (!_multiples.TryGetValue(most, out var multiples))
        {
            _multiples.Add(most, multiples = MultipleCache.Of(Groups(shape), Plan.KeepsMultiples));
        }

        return multiples;
    }

    /// <summary>Tiles of the source with such groups.</summary>
    public ProductTiles Tiles(KernelShape shape)
    {
        int most = CostModel.MostAccumulators(shape);
        if (!_tiles.TryGetValue(most, out var tiles))
        {
            _tiles.Add(most, tiles = new ProductTiles(Plan, most));
        }

        return tiles;
    }
}
