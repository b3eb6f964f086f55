using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Products;

/// <summary>
/// A constant product over pairs of 8-bit source elements: the pairs whose weights are not both 0, in the order in which loops
/// read them: part by part of the source, result by result, in segments of equal length whose 16-bit sums are exact. Source
/// bytes are unsigned: a signed source is moved up by 128, and the bias down.
/// </summary>
internal sealed class BytePairs
{
    /// <summary>Segments are padded with zero weights to a multiple of this many pairs, so that the loop over them has no tail.</summary>
    public const int Unroll = 2;

    /// <summary>Offsets of packed rows are counted in 16 bytes, the size of a row in the narrowest block.</summary>
    public const int RowUnit = 16;

    private BytePairs(ConstantProductPlan plan, ByteOperand source)
    {
        Source = source;
        Pairs = SourcePairs.Of(plan, source.Length);
        Parts = PartsOf(plan.Product, Pairs.Count);
        int rows = (Pairs.Count + Parts - 1) / Parts;
        var lists = Enumerable.Range(0, plan.Outputs).Select(j => Row(plan, j)).ToArray();
        for (var part = 0; part < Parts; part++)
        {
            AddPart(plan, lists, part * rows, Parts == 1 ? int.MaxValue : (part + 1) * rows);
        }

        WeightTable = Weights.Select(Quad).ToArray();
        OffsetTable = Rows.Select(row => (long)row * RowUnit).ToArray();
    }

    /// <summary>The source as bytes.</summary>
    public ByteOperand Source { get; }

    /// <summary>Which elements share a packed row.</summary>
    public SourcePairs Pairs { get; }

    /// <summary>Number of parts that the source is read in; sums of several parts are kept in memory.</summary>
    public int Parts { get; }

    /// <summary>Packed row of each pair, relative to the position.</summary>
    public List<int> Rows { get; } = new();

    /// <summary>Weights of each pair as two signed bytes.</summary>
    public List<(int First, int Second)> Weights { get; } = new();

    /// <summary>Result of each line; a part has a line for each result, those of equal shape follow each other.</summary>
    public List<int> Results { get; } = new();

    /// <summary>Number of segments of each line.</summary>
    public List<int> Segments { get; } = new();

    /// <summary>Pairs of each segment of each line.</summary>
    public List<int> Lengths { get; } = new();

    /// <summary>The weights as they lie in memory: each pair twice in 32 bits, whose broadcast is a load and nothing else.</summary>
    public long[] WeightTable { get; }

    /// <summary>The packed rows of the pairs, in units of <see cref="RowUnit"/>.</summary>
    public long[] OffsetTable { get; }

    /// <summary>Number of parts of a product's source.</summary>
    public static int PartsOf(IntegerProgram program, ConstantProductInstruction product) => PartsOf(product, (program.Buffers[product.Source].Length + 1) / 2);

    /// <summary>The pairs of a product, or null where it does not have this form: bytes as source and as weights.</summary>
    public static BytePairs? Of(IntegerProgram program, ConstantProductPlan plan)
    {
        var product = plan.Product;
        bool fits = plan.Lane.Bits <= 32
            && product.PositionOffsets.All(offset => offset % 2 == 0)
            && ByteOperand.TakesWeights(product);
        return fits && ByteOperand.Of(program, product.Source) is { } source ? new BytePairs(plan, source) : null;
    }

    private static int PartsOf(ConstantProductInstruction product, int rows)
        => product.Positions > 1 || product.PositionOffsets[0] != 0 ? 1 : (rows + CostModel.MostBytePairRows - 1) / CostModel.MostBytePairRows;

    private static long Quad((int First, int Second) pair)
    {
        int bytes = (pair.First & 255) | ((pair.Second & 255) << 8);
        return bytes | (bytes << 16);
    }

    // The pairs of a result that are not both 0, by rows.
    private List<BytePair> Row(ConstantProductPlan plan, int j)
    {
        var row = new List<BytePair>();
        if (Pairs.AreNeighbours)
        {
            foreach (var pair in plan.Terms(j).GroupBy(term => term.Offset >> 1).OrderBy(group => group.Key))
            {
                row.Add(new BytePair(pair.Key, (int)pair.Sum(term => (term.Offset & 1) == 0 ? term.Weight : 0), (int)pair.Sum(term => (term.Offset & 1) == 0 ? 0 : term.Weight)));
            }

            return row;
        }

        var weights = new int[Pairs.Length];
        foreach (var (offset, weight) in plan.Terms(j))
        {
            weights[offset] = (int)weight;
        }

        for (var r = 0; r < Pairs.Count; r++)
        {
            int first = weights[Pairs.First[r]], second = Pairs.First[r] == Pairs.Second[r] ? 0 : weights[Pairs.Second[r]];
            if (first != 0 || second != 0)
            {
                row.Add(new BytePair(r, first, second));
            }
        }

        return row;
    }

    // Lines of equal shape behind each other: the loops' ends are then predicted.
    private void AddPart(ConstantProductPlan plan, List<BytePair>[] lists, int begin, int end)
    {
        var lines = lists.Select((list, j) => (Result: j, Segments: new ExactSegments(list.FindAll(pair => pair.Row >= begin && pair.Row < end), Unroll, plan.Lane.Bits > 16 ? Source.Largest : 0)))
            .OrderBy(line => line.Segments.Count).ThenBy(line => line.Segments.Length).ThenBy(line => line.Result);
        foreach (var (result, segments) in lines)
        {
            Results.Add(result);
            Segments.Add(segments.Count);
            Lengths.Add(segments.Length);
            foreach (var pair in segments.Pairs)
            {
                Rows.Add(pair.Row);
                Weights.Add((pair.First, pair.Second));
            }
        }
    }
}
