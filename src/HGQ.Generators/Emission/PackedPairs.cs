using System;
using System.Collections.Generic;
using System.Linq;
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

    private PackedPairs(ConstantProductPlan plan, ByteSource source)
    {
        _plan = plan;
        Source = source;
        for (var j = 0; j < plan.Outputs; j++)
        {
            AddRow(j);
        }
    }

    /// <summary>The source as bytes.</summary>
    public ByteSource Source { get; }

    /// <summary>Pairs of the whole source.</summary>
    public int PairCount => (Source.Length + 1) / 2;

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
        bool fits = plan.Lane.Bits <= 32
            && product.PositionOffsets.All(offset => offset % 2 == 0)
            && ByteSource.TakesWeights(product);
        return fits && ByteSource.Of(program, product.Source) is { } source ? new PackedPairs(plan, source) : null;
    }

    // Two products of a byte and a weight of at most 64 never exceed 16 bits; a segment ends before the sum of its pairs could.
    private void AddRow(int j)
    {
        int low = 0, high = 0;
        int begin = Indices.Count;
        var terms = _plan.Terms(j).ToList();
        terms.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        for (var n = 0; n < terms.Count;)
        {
            int index = terms[n].Offset >> 1, first = 0, second = 0;
            for (; n < terms.Count && terms[n].Offset >> 1 == index; n++)
            {
                bool even = (terms[n].Offset & 1) == 0;
                first += even ? (int)terms[n].Weight : 0;
                second += even ? 0 : (int)terms[n].Weight;
            }

            int least = (Math.Min(first, 0) + Math.Min(second, 0)) * Source.Largest, most = (Math.Max(first, 0) + Math.Max(second, 0)) * Source.Largest;
            if (_plan.Lane.Bits > 16 && (low + least < short.MinValue || high + most > short.MaxValue))
            {
                EndSegment(begin);
                begin = Indices.Count;
                low = high = 0;
            }

            low += least;
            high += most;
            Indices.Add(index);
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
