using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>Functions that are computed by look-up, over all numbers that can stand in front of them.</summary>
internal static class Tables
{
    /// <summary>Most bits of an index.</summary>
    public const int MostBits = 12;

    /// <summary>code(f(x)) as a table over the integers in front; the function in float64.</summary>
    public static TensorValue Quantized(GraphDraft draft, TensorValue value, string name, Func<double, double> function, CodeTarget target)
    {
        (TensorValue index, FixedPointFormat input) = Index(draft, value, name);
        int bits = target.Scale[0].FractionBits;
        (FixedPointFormat output, _, _) = CodeTarget.FormatOf(target.Least, target.Most, bits);
        return draft.Lookup(index, name, [Build(input, output, x => (long)target.Code(0, Rational.Of(function(x))))], [0]);
    }

    /// <summary>A table from each number of the input to a raw integer of the output.</summary>
    public static LookupTable Build(FixedPointFormat input, FixedPointFormat output, Func<double, long> entry)
    {
        var entries = new long[1 << Math.Max(0, input.Width)];
        for (var n = 0; n < entries.Length; n++)
        {
            long raw = input.Signed && n >= entries.Length / 2 && entries.Length > 1 ? n - entries.Length : n;
            entries[n] = entry(FixedPointArithmetic.ToDouble(raw, input));
        }

        return new LookupTable(input, output, entries);
    }

    /// <summary>The value in one format for all elements, narrow enough for a table.</summary>
    public static (TensorValue Value, FixedPointFormat Format) Index(GraphDraft draft, TensorValue value, string name)
    {
        TensorValue integers = draft.Materialized(value, name);
        ChannelRange range = integers.Range!;
        BigInteger low = range.Low.Min(), high = range.High.Max();
        FixedPointFormat format = FixedPointFormat.ForInterval(new RawInterval(low, high), range.FractionBits);
        return format.Width is < 1 or > MostBits
            ? throw new ImportException(name,
                FormattableString.Invariant(
                $"its function would be a table over {format.Width} bits; at most {MostBits} are possible: quantize in front of it"))
            : (draft.QuantizeFixed(
                integers, name + "_index", TensorFormat.Uniform(integers.Shape, format), RoundingMode.Truncate, OverflowMode.Wrap), format);
    }
}
