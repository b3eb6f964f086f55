using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Containers;
using HGQ.Import.Exact;
using HGQ.Import.Keras.Layers;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>The quantizers of HGQ2's layers, from their configuration and their variables.</summary>
internal static class Hgq2Quantizer
{
    /// <summary>A quantizer of the layer, or null where it has none.</summary>
    /// <param name="task">The layer.</param>
    /// <param name="part">Part of the variables, for example "iq".</param>
    /// <param name="configuration">Its configuration, for example that of the option "iq_conf"; null where the layer has none.</param>
    public static FixedPointBits? Read(LayerTask task, string part, JsonElement? configuration)
    {
        if (configuration is not { ValueKind: JsonValueKind.Object } outer || Member(outer, "config") is not { } config)
        {
            return null;
        }

        string type = Text(config, "q_type") ?? "kbi";
        if (type == "dummy")
        {
            return null;
        }

        if (type is not ("kif" or "kbi") || Member(config, "scaler") is not null || Member(config, "affine") is not null)
        {
            throw task.Layer.Refuse(
                $"its quantizer {part} is of the kind {type}, or has a scaler; fixed-point quantizers (kif, kbi) can be imported");
        }

        string overflow = (Text(config, "overflow_mode") ?? "WRAP").ToUpperInvariant(), rounding = Text(config, "round_mode") ?? "RND";
        (HdfArray k, HdfArray b, HdfArray i) = Variables(task, part, type, overflow == "WRAP");
        int[] integers = [.. i.Values.Select(HalfEven)];
        int[] second = [.. b.Values.Select(HalfEven)];
        int[] fractions = type == "kif" ? second : [.. second.Select((bits, e) => bits - integers[e])];
        return FixedPointBits.Of(task.Name, k, integers, fractions, FixedPointBits.RoundingOf(task.Name, rounding),
            FixedPointBits.OverflowOf(task.Name, overflow));
    }

    /// <summary>By the option of the layer.</summary>
    public static FixedPointBits? Read(LayerTask task, string part, string option) => Read(task, part, task.Layer.Option(option));

    /// <summary>
    /// Quantized weights. Under wrapping only their fraction bits count: weights are rounded and stay as large as they are.
    /// </summary>
    public static Rational[] Constants(LayerTask task, string part, string option, HdfArray weights)
    {
        FixedPointBits bits = Read(task, part, option) ?? throw task.Layer.Refuse($"its quantizer {part} is missing");
        TensorFormat format = bits.Format(TensorShape.Of(weights.Shape));
        return [.. weights.Values.Select((w, e) => Constant(task, w, format[e], bits))];
    }

    private static Rational Constant(LayerTask task, double weight, FixedPointFormat format, FixedPointBits bits)
    {
        if (!double.IsFinite(weight))
        {
            throw task.Layer.Refuse("a weight is no finite number");
        }

        if (bits.Overflow == OverflowMode.Wrap)
        {
            format = format.IsZero ? format : new FixedPointFormat(true, 62 - format.FractionBits, format.FractionBits);
        }

        long raw = FixedPointArithmetic.FromDouble(weight, format, bits.Rounding, bits.Overflow == OverflowMode.Wrap
            ? OverflowMode.Saturate : bits.Overflow);
        return (Rational)raw * Rational.PowerOfTwo(-format.FractionBits);
    }

    // Stored are the trained ones first: i f k, or f k i under WRAP (kif); b i k, or b k i (kbi). k is the one of small integers.
    private static (HdfArray K, HdfArray Second, HdfArray I) Variables(LayerTask task, string part, string type, bool wraps)
    {
        IReadOnlyList<(string Name, HdfArray Array)> all = task.Weights.Part(part);
        string second = type == "kif" ? "f" : "b";
        if (task.Weights.Named)
        {
            return (Named("k"), Named(second), Named("i"));
        }

        HdfArray[] widths = [.. all.Select(static v => v.Array).Where(static a => !a.IsInteger)];
        HdfArray k = all.Select(static v => v.Array).FirstOrDefault(static a => a.IsInteger) ?? throw Missing();
        bool integersFirst = type == "kif" && !wraps;
        return widths.Length < 2 || widths[0].Values.Length != k.Values.Length || widths[1].Values.Length != k.Values.Length
            ? throw Missing()
            : integersFirst ? (k, widths[1], widths[0]) : (k, widths[0], widths[1]);

        HdfArray Named(string name) => all.FirstOrDefault(v => v.Name == name).Array ?? throw Missing();

        ImportException Missing()
            => task.Layer.Refuse($"the variables of its quantizer {part} are not in the file, or do not fit its kind {type}");
    }

    private static int HalfEven(double x) => (int)Math.Clamp(Math.Round(x, MidpointRounding.ToEven), -100_000, 100_000);

    private static JsonElement? Member(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString() : null;
}
