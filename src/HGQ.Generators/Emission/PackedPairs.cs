using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>
/// A constant product over pairs of neighbouring 8-bit source elements: the pairs whose weights are not both 0, row by row, in
/// segments whose 16-bit sums are exact. Source bytes are unsigned: a signed source is moved up by 128, and the bias down.
/// </summary>
internal sealed class PackedPairs
{
    /// <summary>Rows are padded with zero weights to a multiple of this many pairs, so that the loop over them has no tail.</summary>
    public const int Unroll = 4;

    private readonly ConstantProductPlan _plan;
    private readonly BigInteger _largest;

    private PackedPairs(ConstantProductPlan plan, ProgramBuffer source, bool signed)
    {
        _plan = plan;
        Signed = signed;
        SourceLength = source.Length;
        _largest = source.Intervals.Max(interval => interval.High) + (signed ? 128 : 0);
        var bias = plan.Product.Bias.Select(value => (BigInteger)value).ToArray();
        for (var j = 0; j < plan.Outputs; j++)
        {
            AddRow(j);
            if (signed)
            {
                bias[j] -= 128 * plan.Terms(j).Aggregate(BigInteger.Zero, (sum, term) => sum + term.Weight);
            }
        }

        Bias = bias;
    }

    /// <summary>Whether the source has negative elements.</summary>
    public bool Signed { get; }

    public int SourceLength { get; }

    /// <summary>Pairs of the whole source.</summary>
    public int PairCount => (SourceLength + 1) / 2;

    /// <summary>Bias of each result, for unsigned bytes.</summary>
    public BigInteger[] Bias { get; }

    /// <summary>Index of each pair of each row, relative to the position.</summary>
    public List<int> Indices { get; } = new();

    /// <summary>Weights of each pair as two signed bytes.</summary>
    public List<(int First, int Second)> Weights { get; } = new();

    /// <summary>End of each segment among the pairs.</summary>
    public List<int> SegmentEnds { get; } = new();

    /// <summary>First segment of each row, and the number of all segments.</summary>
    public List<int> FirstSegments { get; } = new() { 0 };

    /// <summary>The pairs of a product, or null where it does not have this form: bytes as source and as weights.</summary>
    public static PackedPairs? Of(IntegerProgram program, ConstantProductPlan plan)
    {
        var product = plan.Product;
        var source = program.Buffers[product.Source];
        bool signed = source.Intervals.Any(interval => interval.Low.Sign < 0);
        bool fits = plan.Lane.Bits <= 32
            && source.Intervals.All(interval => signed ? interval.Low >= -128 && interval.High <= 127 : interval.High <= 255)
            && product.PositionOffsets.All(offset => offset % 2 == 0)
            && product.Weights.All(weight => weight is >= -64 and <= 64);
        return fits ? new PackedPairs(plan, source, signed) : null;
    }

    // Two products of a byte and a weight of at most 64 never exceed 16 bits; a segment ends before the sum of its pairs could.
    private void AddRow(int j)
    {
        BigInteger low = BigInteger.Zero, high = BigInteger.Zero;
        int begin = Indices.Count;
        foreach (var pair in _plan.Terms(j).GroupBy(term => term.Offset >> 1).OrderBy(pair => pair.Key))
        {
            int first = (int)pair.Where(term => (term.Offset & 1) == 0).Sum(term => term.Weight);
            int second = (int)pair.Where(term => (term.Offset & 1) == 1).Sum(term => term.Weight);
            BigInteger least = (Math.Min(first, 0) + Math.Min(second, 0)) * _largest, most = (Math.Max(first, 0) + Math.Max(second, 0)) * _largest;
            if (_plan.Lane.Bits > 16 && (low + least < short.MinValue || high + most > short.MaxValue))
            {
                EndSegment(begin);
                begin = Indices.Count;
                low = high = BigInteger.Zero;
            }

            low += least;
            high += most;
            Indices.Add(pair.Key);
            Weights.Add((first, second));
        }

        EndSegment(begin);
        FirstSegments.Add(SegmentEnds.Count);
    }

    private void EndSegment(int begin)
    {
        while ((Indices.Count - begin) % Unroll != 0)
        {
            Indices.Add(Indices[Indices.Count - 1]);
            Weights.Add((0, 0));
        }

        SegmentEnds.Add(Indices.Count);
    }
}
