using System;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Keras.Layers;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>The layers that proxy models of HGQ (version 1) add to those of Keras.</summary>
internal static class HgqProxyLayers
{
    public static TensorValue Quantizer(LayerTask task)
    {
        HdfArray k = task.Weights.Get("keep_negative", "keep_negative", "bits", "integers"),
            bits = task.Weights.Get("bits", "keep_negative", "bits", "integers");
        HdfArray integers = task.Weights.Get("integers", "keep_negative", "bits", "integers");
        if (k.Values.Length != bits.Values.Length || k.Values.Length != integers.Values.Length)
        {
            throw task.Layer.Refuse("keep_negative, bits and integers have different shapes");
        }

        // Both counts hold the sign; 0 bits are the constant 0.
        int[] i = [.. integers.Values.Select((x, e) => bits.Values[e] <= 0 ? 0 : (int)(x - k.Values[e]))];
        int[] f = [.. bits.Values.Select((x, e) => x <= 0 ? -1 : (int)(x - integers.Values[e]))];
        RoundingMode rounding = FixedPointBits.RoundingOf(task.Name, task.Layer.Text("RND", "TRN"));
        OverflowMode overflow = FixedPointBits.OverflowOf(task.Name, task.Layer.Text("SAT", "WRAP"));
        return FixedPointBits.Of(task.Name, k, i, f, rounding, overflow).Apply(task.Draft, task.Input, task.Name);
    }

    public static TensorValue UnaryTable(LayerTask task)
    {
        int[] from = task.Layer.Integers("kif_in", 3) ?? [], to = task.Layer.Integers("kif_out", 3) ?? [];
        HdfArray table = task.Weights.Get("table", "table");
        if (from.Length != 3 || to.Length != 3 || from.Sum() is < 1 or > Tables.MostBits || table.Values.Length != 1 << from.Sum())
        {
            throw task.Layer.Refuse(
                FormattableString.Invariant(
                    $"its table has {table.Values.Length} entries; kif_in ({Tables.MostBits} bits at most) asks for others"));
        }

        var input = new FixedPointFormat(from[0] != 0, from[1], from[2]);
        var output = new FixedPointFormat(to[0] != 0, to[1], to[2]);
        long[] entries = [.. table.Values.Select(value =>
        {
            long raw = FixedPointArithmetic.FromDouble(value, output, RoundingMode.RoundHalfEven, OverflowMode.Saturate);
            return FixedPointArithmetic.ToDouble(raw, output) == value ? raw
                : throw task.Layer.Refuse($"its table holds {value}, which is no number of {output}");
        })];
        TensorValue source = task.Draft.InSourceOrder(task.Input, task.Name);
        TensorValue index =
            task.Draft.QuantizeFixed(source, task.Name + "_index", TensorFormat.Uniform(source.Shape, input),
            RoundingMode.RoundHalfEven, OverflowMode.Wrap);
        return task.Draft.Lookup(index, task.Name, [new LookupTable(input, output, entries)], [0]);
    }
}
