using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Planning.Products;

/// <summary>
/// A constant product of the bits of its source as tables of sums: a few bits are the index, an entry is the sum of their weights.
/// Entries are bytes that are not negative: what they are moved up by is part of the bias. A segment is a fixed number of tables
/// whose sums are exact in a byte: code without a loop, in which no branch is mispredicted.
/// </summary>
internal sealed class LookupTables
{
    /// <summary>Elements of a row of indices, at every width.</summary>
    public const int RowUnit = 8;

    private static readonly int[] SegmentLengths = { 4, 6, 8, 12, 16 };

    private LookupTables(BitWords words, BigInteger[] bias)
    {
        Words = words;
        Bias = bias;
    }

    /// <summary>The words of the source.</summary>
    public BitWords Words { get; }

    /// <summary>
    /// Index that each table is read with, result by result and segment by segment; segments are filled up with tables of zeros.
    /// </summary>
    public List<int> Indices { get; } = new();

    /// <summary>Entries of each table.</summary>
    public List<byte[]> Entries { get; } = new();

    /// <summary>Number of segments of each result.</summary>
    public List<int> Segments { get; } = new();

    /// <summary>Number of tables of each segment.</summary>
    public int Length { get; private set; }

    /// <summary>Bias of each result.</summary>
    public BigInteger[] Bias { get; }

    /// <summary>The entries of all tables, one behind the other.</summary>
    public long[] EntryTable { get; private set; } = Array.Empty<long>();

    /// <summary>Index rows of the tables, in units of <see cref="RowUnit"/>.</summary>
    public long[] RowTable { get; private set; } = Array.Empty<long>();

    /// <summary>The tables of a product, or null where a weight is too large.</summary>
    public static LookupTables? Of(ConstantProductPlan plan, IReadOnlyList<FixedPointFormat> formats, Machine machine)
    {
        var tables = new LookupTables(BitWords.Of(formats, machine), Enumerable.Range(0, plan.Outputs).Select(j => (BigInteger)plan.Product.Bias[j]).ToArray());
        var weights = new long[formats.Count];
        var lookups = new List<Lookup>[plan.Outputs];
        for (var j = 0; j < plan.Outputs; j++)
        {
            Array.Clear(weights, 0, weights.Length);
            foreach (var (offset, weight) in plan.Terms(j))
            {
                weights[offset] = weight;
            }

            lookups[j] = new List<Lookup>();
            if (plan.Finish[j].Known is null && !tables.Find(weights, formats, lookups[j]))
            {
                return null;
            }
        }

        tables.Add(lookups);
        tables.EntryTable = tables.Entries.SelectMany(entries => entries.Select(entry => (long)entry)).ToArray();
        tables.RowTable = tables.Indices.Select(index => (long)index * RowUnit).ToArray();
        return tables;
    }

    private void Add(List<Lookup>[] lookups)
    {
        var best = SegmentLengths.Select(length => (Length: length, Segments: Array.ConvertAll(lookups, list => Pack(list, length))))
            .OrderBy(choice => choice.Segments.Sum(segments => segments.Count)
                * ((choice.Length * CostModel.InstructionsOfLookup) + CostModel.InstructionsOfLookupSegment)).First();
        Length = best.Length;
        for (var j = 0; j < lookups.Length; j++)
        {
            Segments.Add(best.Segments[j].Count);
            foreach (var segment in best.Segments[j])
            {
                foreach (var lookup in segment)
                {
                    Indices.Add(lookup.Index);
                    Entries.Add(lookup.Entries());
                    Bias[j] += lookup.Low;
                }

                for (int n = segment.Count; n < Length; n++)
                {
                    Indices.Add(0);
                    Entries.Add(new byte[1 << Words.IndexBits]);
                }
            }
        }
    }

    // The largest first, each into the first segment that has room.
    private static List<List<Lookup>> Pack(List<Lookup> lookups, int length)
    {
        var segments = new List<List<Lookup>>();
        var spans = new List<long>();
        foreach (var lookup in lookups.OrderByDescending(lookup => lookup.Span))
        {
            var n = 0;
            while (n < segments.Count && (segments[n].Count == length || spans[n] + lookup.Span > byte.MaxValue))
            {
                n++;
            }

            if (n == segments.Count)
            {
                segments.Add(new List<Lookup>());
                spans.Add(0);
            }

            segments[n].Add(lookup);
            spans[n] += lookup.Span;
        }

        return segments;
    }

    private bool Find(long[] weights, IReadOnlyList<FixedPointFormat> formats, List<Lookup> lookups)
    {
        for (var index = 0; index < Words.Count * Words.Indices; index++)
        {
            var bits = new long[Words.IndexBits];
            var (first, plane) = Words.Index(index);
            for (var n = 0; n < bits.Length && first + n < weights.Length; n++)
            {
                bits[n] = Weight(weights[first + n], formats[first + n], plane);
            }

            if (Array.Exists(bits, bit => bit is < -byte.MaxValue or > byte.MaxValue))
            {
                return false;
            }

            lookups.AddRange(Parts(bits).Select(part => new Lookup(index, part)));
        }

        return true;
    }

    // The highest bit of a signed code counts negative; what lies above a code's bits does not count.
    private static long Weight(long weight, FixedPointFormat format, int plane) => plane >= format.Width ? 0
        : format.Signed && plane == format.Width - 1 ? -(weight << plane)
        : weight << plane;

    // Bits whose sums fit a byte; nearly always all of them.
    private static IEnumerable<long[]> Parts(long[] bits)
    {
        var part = new long[bits.Length];
        long span = 0;
        for (var n = 0; n < bits.Length; n++)
        {
            if (span + Math.Abs(bits[n]) > byte.MaxValue)
            {
                yield return part;
                part = new long[bits.Length];
                span = 0;
            }

            part[n] = bits[n];
            span += Math.Abs(bits[n]);
        }

        if (span > 0)
        {
            yield return part;
        }
    }

    /// <summary>The weights of the bits of one index.</summary>
    private sealed record Lookup(int Index, long[] Weights)
    {
        /// <summary>The smallest sum.</summary>
        public long Low => Weights.Sum(weight => Math.Min(weight, 0));

        /// <summary>Distance of the largest sum from the smallest.</summary>
        public long Span { get; } = Weights.Sum(Math.Abs);

        /// <summary>The sums, the smallest moved to 0.</summary>
        public byte[] Entries()
        {
            var entries = new byte[1 << Weights.Length];
            long low = Low;
            for (var n = 0; n < entries.Length; n++)
            {
                entries[n] = (byte)(Weights.Where((_, bit) => (n >> bit & 1) != 0).Sum() - low);
            }

            return entries;
        }
    }
}
