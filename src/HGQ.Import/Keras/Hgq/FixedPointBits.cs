using System;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>A quantizer of HGQ or HGQ2: a format for each element, how it rounds, what it does beyond the range.</summary>
/// <param name="Name">Layer to blame.</param>
/// <param name="Shape">Shape of the widths, with the batch where there is one; broadcasts to the tensor's.</param>
/// <param name="Formats">Formats of this shape.</param>
/// <param name="Rounding">Rounding.</param>
/// <param name="Overflow">Overflow.</param>
internal sealed record FixedPointBits(string Name, int[] Shape, FixedPointFormat[] Formats, RoundingMode Rounding, OverflowMode Overflow)
{
    private const int MostBits = 64;

    public static FixedPointBits Of(string name, HdfArray k, int[] i, int[] f, RoundingMode rounding, OverflowMode overflow)
    {
        var formats = new FixedPointFormat[i.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            bool signed = k.Values[e] != 0;
            long width = (long)i[e] + f[e] + (signed ? 1 : 0);
            if (width > MostBits || Math.Abs(i[e]) > 1000 || Math.Abs(f[e]) > 1000)
            {
                throw new ImportException(name,
                    FormattableString.Invariant(
                    $"a quantizer has {i[e]} integer and {f[e]} fraction bits; at most {MostBits} bits are supported"));
            }

            // A width of 0 or less is the constant 0.
            formats[e] = width <= 0 ? FixedPointFormat.Zero : new FixedPointFormat(signed, i[e], f[e]);
        }

        return new FixedPointBits(name, k.Shape, formats, rounding, overflow);
    }

    public static RoundingMode RoundingOf(string name, string mode) => mode.ToUpperInvariant() switch
    {
        "TRN" => RoundingMode.Truncate,
        "RND" or "S_RND" => RoundingMode.RoundHalfUp,
        "RND_CONV" or "S_RND_CONV" => RoundingMode.RoundHalfEven,
        "TRN_ZERO" => RoundingMode.TruncateToZero,
        "RND_ZERO" => RoundingMode.RoundHalfToZero,
        "RND_MIN_INF" => RoundingMode.RoundHalfDown,
        "RND_INF" => RoundingMode.RoundHalfAway,
        _ => throw new ImportException(name,
            $"its rounding is {mode}; TRN, RND, RND_CONV, TRN_ZERO, RND_ZERO, RND_MIN_INF and RND_INF are known"),
    };

    public static OverflowMode OverflowOf(string name, string mode) => mode.ToUpperInvariant() switch
    {
        "WRAP" => OverflowMode.Wrap,
        "SAT" => OverflowMode.Saturate,
        "SAT_SYM" or "SYM" => OverflowMode.SaturateSymmetric,
        "SAT_ZERO" => OverflowMode.SaturateToZero,
        _ => throw new ImportException(name, $"its overflow mode is {mode}, which no back end has; use WRAP, SAT or SAT_SYM"),
    };

    /// <summary>Formats of a tensor's elements.</summary>
    public TensorFormat Format(TensorShape shape)
    {
        int[] widths = Aligned(Shape, shape.Rank, Name, shape);
        var elements = new FixedPointFormat[shape.Size];
        int[] strides = TensorShape.Of(widths).Strides();
        for (var e = 0; e < elements.Length; e++)
        {
            int rest = e, at = 0;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                at += widths[axis] == 1 ? 0 : rest % shape[axis] * strides[axis];
                rest /= shape[axis];
            }

            elements[e] = Formats[at];
        }

        return new TensorFormat(shape, elements);
    }

    public TensorValue Apply(GraphDraft draft, TensorValue value, string name)
    {
        TensorFormat format = Format(TensorShape.Of(value.SourceShape));
        bool uniform = format.Elements.All(f => f == format[0]) && !format[0].IsZero;
        if (!value.IsReal && uniform && Overflow == OverflowMode.Saturate && !StepList.AreDyadic(value.Steps, 62))
        {
            FixedPointFormat one = format[0];
            return draft.QuantizeCodes(value, name,
                new CodeTarget([Rational.PowerOfTwo(-one.FractionBits)], 0, false, one.MinRaw, one.MaxRaw, Source(Rounding)));
        }

        return draft.QuantizeFixed(value, name, format, Rounding, Overflow);
    }

    // The widths' shape, without the batch, with leading ones for axes that it does not name.
    private static int[] Aligned(int[] widths, int rank, string name, TensorShape shape)
    {
        int[] sizes = widths.Length > rank && widths[0] == 1 ? widths[(widths.Length - rank)..] : widths;
        sizes = [.. Enumerable.Repeat(1, Math.Max(0, rank - sizes.Length)), .. sizes];
        return sizes.Length == rank && sizes.Zip(shape.Dimensions).All(static pair => pair.First == 1 || pair.First == pair.Second)
            ? sizes
            : throw new ImportException(name,
                $"the widths of its quantizer have the shape [{string.Join(", ", widths)}], which does not broadcast to {shape}");
    }

    private static SourceRounding Source(RoundingMode mode) => mode switch
    {
        RoundingMode.Truncate => SourceRounding.Floor,
        RoundingMode.TruncateToZero => SourceRounding.ToZero,
        RoundingMode.RoundHalfUp => SourceRounding.HalfUp,
        RoundingMode.RoundHalfDown => SourceRounding.HalfDown,
        RoundingMode.RoundHalfAway => SourceRounding.HalfAway,
        RoundingMode.RoundHalfToZero => SourceRounding.HalfToZero,
        RoundingMode.RoundHalfEven => SourceRounding.HalfEven,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This is no rounding mode."),
    };
}
