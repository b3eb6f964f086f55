using System;
using System.Globalization;
using System.Linq;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <content>Quantizers: given formats, and uniform codes of any scale.</content>
internal sealed partial class GraphDraft
{
    /// <summary>Converts every element to a format of its own.</summary>
    public TensorValue QuantizeFixed(TensorValue value, string name, TensorFormat format, RoundingMode rounding, OverflowMode overflow)
    {
        RequireExact(name);
        var spec = new QuantizerSpec(format, rounding, overflow);
        if (!value.IsReal)
        {
            TensorValue source = Materialized(InSourceOrder(value, name), name);
            return Added(unique => new QuantizeLayer(unique, source.Layer, spec), name, source.Shape, RangeOf(format),
                channelsFirst: false);
        }

        if (value.Steps is [AffineStep affine] && value.Moves.Count == 0 && value.Shape.Rank == 1
            && affine.Scale.All(static s => !s.IsZero))
        {
            int[] all = [.. Enumerable.Range(0, value.Channels)];
            Standardize(value, name, [.. all.Select(c => -affine.OffsetOf(c) / affine.ScaleOf(c))],
                [.. all.Select(c => Rational.One / affine.ScaleOf(c))]);
        }
        else if (value.Steps.Count > 0)
        {
            throw new ImportException(name, "the real input is scaled or rectified in front of its quantizer; scale the data instead");
        }

        return QuantizePort(value, name, spec);
    }

    /// <summary>Converts to uniform codes; the result is an integer times the scale.</summary>
    public TensorValue QuantizeCodes(TensorValue value, string name, CodeTarget target)
    {
        RequireExact(name);
        if (target.Scale.Any(static scale => scale.Sign <= 0) || target.Low > target.High)
        {
            throw new ImportException(name, $"its scale {target.Scale[0]} or its range {target.Low} to {target.High} is none");
        }

        if (value.IsReal)
        {
            return QuantizeReal(value, name, target);
        }

        if (value.Pending is not null)
        {
            return QuantizeSum(value, name, target);
        }

        bool plain = target.Thresholds is null && target.HasPowersOfTwo && target.ZeroCommutes
            && Roundings.ModeOf(target.Rounding) is not null
            && (target.Scale.Length == 1 || CodeTarget.FormatOf(target.Least, target.Most, 0).Exact);
        if (plain && StepList.AreDyadic(value.Steps, ShortBits))
        {
            return QuantizePlain(value, name, target);
        }

        if (Requantization.Find(value, target) is { } found)
        {
            return WithMultipliers(value, name, target, found);
        }

        return Requantization.Table(value, target) is { } tables
            ? WithTables(value, name, target, tables)
            : plain && StepList.AreDyadic(value.Steps, LongBits) ? QuantizePlain(value, name, target) : throw new ImportException(
                name,
                "no integer multiplier of up to 40 bits gives its codes for every sum that the weights allow, and the sums are too wide "
                    + "for a table; "
                + "use scales that are powers of two, or fewer bits");
    }

    /// <summary>+scale where the value is 0 or more, else −scale.</summary>
    public TensorValue Sign(TensorValue value, string name, Rational scale)
    {
        TensorValue codes = QuantizeCodes(value, name, new CodeTarget([Rational.One], 0, false, -1, 0, SourceRounding.Floor));
        return codes.Then(new AffineStep([scale * 2], [scale]));
    }

    private TensorValue QuantizePlain(TensorValue value, string name, CodeTarget target)
    {
        value = Materialized(value, name);
        FixedPointFormat[] formats =
            [.. Enumerable.Range(0, value.Channels).Select(
            c => CodeTarget.FormatOf(target.Least, target.Most, target.ScaleOf(c).FractionBits).Format)];
        (FixedPointFormat one, OverflowMode overflow, bool exact) =
            CodeTarget.FormatOf(target.Least, target.Most, target.Scale[0].FractionBits);
        var format = new TensorFormat(value.Shape,
            Enumerable.Range(0, value.Shape.Size).Select(e => formats[e % formats.Length]).ToArray());
        TensorValue quantized = Added(
            unique => new QuantizeLayer(unique, value.Layer, new QuantizerSpec(format, Roundings.ModeOf(target.Rounding)!.Value, overflow)),
            name, value.Shape, RangeOf(format), value.ChannelsFirst);
        return exact ? quantized : Limited(quantized, name, target, one.FractionBits);
    }

    // Codes narrower than their format.
    private TensorValue Limited(TensorValue value, string name, CodeTarget target, int fractionBits)
        => Materialized(value.Then(new ClipStep(Value(target.Least, fractionBits), Value(target.Most, fractionBits))), name);

    private TensorValue QuantizeSum(TensorValue value, string name, CodeTarget target)
    {
        TensorValue left = value with { Pending = null, Steps = [] }, right = value.Pending!.Integers;
        SumRequantization found = SumRequantization.Find(value, target) ?? throw new ImportException(
            name, "no pair of integer multipliers of up to 40 bits gives the codes of this sum for all its summands; use scales with a "
                + "ratio of 2^n");
        var integers = new TensorValue[2];
        foreach ((TensorValue source, Rational factor, int n) in new[] { (left, found.Left, 0), (right, found.Right, 1) })
        {
            integers[n] = Affine(source, name, new AffineStep([factor], [n == 0 ? found.Offset : Rational.Zero]), relu: false);
        }

        ChannelRange range = Plus(integers[0].Range!, integers[1].Range!);
        TensorValue sum = Added(unique => new AddLayer(unique, Names(integers), new[] { false, false }, null), name + "_sum", value.Shape,
            range, value.ChannelsFirst);
        (FixedPointFormat one, OverflowMode overflow, bool exact) = CodeTarget.FormatOf(found.Least, found.Most, 0);
        TensorFormat format = TensorFormat.Uniform(value.Shape, one);
        var spec = new QuantizerSpec(format, RoundingMode.RoundHalfEven, overflow);
        TensorValue codes =
            Added(unique => new QuantizeLayer(unique, sum.Layer, spec), name, value.Shape, RangeOf(format), value.ChannelsFirst);
        codes = exact ? codes : Materialized(codes.Then(new ClipStep(found.Least, found.Most)), name);
        return codes.Then(new AffineStep(target.Scale, [Rational.Zero]));
    }

    private TensorValue WithMultipliers(TensorValue value, string name, CodeTarget target, Requantization found)
    {
        TensorShape channels = TensorShape.Of(value.Channels);
        IntegerTensor scale = Constants.Tensor(name, "scale", channels, found.Scale),
            offset = Constants.Tensor(name, "offset", channels, found.Offset);
        string scaled = Unique(name + "_scale");
        _layers.Add(new ScaleOffsetLayer(scaled, value.Layer, scale, offset, ActivationKind.Linear, null));
        (FixedPointFormat one, OverflowMode overflow, bool exact) = CodeTarget.FormatOf(found.Least, found.Most, 0);
        TensorFormat format = TensorFormat.Uniform(value.Shape, one);
        TensorValue codes = Added(
            unique => new QuantizeLayer(unique, scaled, new QuantizerSpec(format, found.Rounding, overflow)), name, value.Shape,
                RangeOf(format), value.ChannelsFirst);
        codes = exact ? codes : Materialized(codes.Then(new ClipStep(found.Least, found.Most)), name);
        return codes.Then(new AffineStep(target.Scale, [Rational.Zero]));
    }

    private TensorValue WithTables(TensorValue value, string name, CodeTarget target, RequantizationTables tables)
    {
        string index = Unique(name + "_index");
        var source = new QuantizerSpec(TensorFormat.Uniform(value.Shape, tables.Input), RoundingMode.Truncate, OverflowMode.Wrap);
        _layers.Add(new QuantizeLayer(index, value.Layer, source));
        int channels = tables.Tables.Length;
        int[] tableOf = channels == 1 ? [0] : [.. Enumerable.Range(0, value.Shape.Size).Select(e => e % channels)];
        ChannelRange range = ChannelRange.Uniform(value.Channels, 0, tables.Tables[0].Output.MinRaw, tables.Tables[0].Output.MaxRaw);
        TensorValue codes =
            Added(unique => new TableLayer(unique, index, tables.Tables, tableOf, null), name, value.Shape, range, value.ChannelsFirst);
        return codes.Then(new AffineStep(target.Scale, [Rational.Zero]));
    }

    private TensorValue QuantizeReal(TensorValue value, string name, CodeTarget target)
    {
        if (target.Thresholds is not null || Roundings.ModeOf(target.Rounding) is not { } rounding || !target.ZeroCommutes
            || target.Scale.Length > 1)
        {
            throw new ImportException(name,
                $"it quantizes the real input '{value.Layer}' with {target.Rounding} and zero point {target.Zero}, which an input port "
                    + $"can't; use another rounding");
        }

        AffineStep affine = value.Steps.Count == 0 ? AffineStep.ByScale(Rational.One) : value.Steps.Count == 1
            && value.Steps[0] is AffineStep one && one.Scale.Length == 1 && one.Offset.Length == 1
            ? one
            : throw new ImportException(
                name, "the real input is rectified, or scaled channel by channel, in front of its quantizer; do that to the data instead");
        bool direct = affine.IsScale && affine.Scale[0] == Rational.One && target.HasPowersOfTwo;
        Rational step = target.HasPowersOfTwo ? Rational.One : target.Scale[0];
        if (!direct)
        {
            int elements = value.Moves.Count > 0 ? _layers.OfType<InputLayer>().Single(layer => layer.Name == value.Layer).Shape.Size
                : value.Shape.Size;
            Standardize(value, name, [.. Enumerable.Repeat(-affine.Offset[0] / affine.Scale[0], elements)],
                [.. Enumerable.Repeat(step / affine.Scale[0], elements)]);
        }

        int bits = target.HasPowersOfTwo ? target.Scale[0].FractionBits : 0;
        (FixedPointFormat format, OverflowMode overflow, bool exact) = CodeTarget.FormatOf(target.Least, target.Most, bits);
        TensorValue codes = QuantizePort(value, name, new QuantizerSpec(TensorFormat.Uniform(value.Shape, format), rounding, overflow));
        codes = exact ? codes : Limited(codes, name, target, bits);
        return target.HasPowersOfTwo ? codes : codes.Then(AffineStep.ByScale(target.Scale[0]));
    }

    // x' = float32((x − mean) / scale): what the source computes in float32 in front of its first quantizer.
    private void Standardize(TensorValue value, string name, Rational[] mean, Rational[] scale)
    {
        if (mean.Concat(scale).Any(static number => Rational.Of(number.ToDouble()) != number))
        {
            Notes.Add($"{name}: the scaling of the real input is computed as one division in float32; the source rounds in several steps");
        }

        string[] means = [.. mean.Select(static m => m.ToDouble().ToString("R", CultureInfo.InvariantCulture))];
        string[] scales = [.. scale.Select(static s => s.ToDouble().ToString("R", CultureInfo.InvariantCulture))];
        var standardization = new Standardization(value.Layer, means, scales);
        Standardization? known = _preprocessing.FirstOrDefault(entry => entry.Input == value.Layer);
        if (known is not null && known != standardization)
        {
            throw new ImportException(name, $"the real input '{value.Layer}' is quantized twice with different scales; quantize it once");
        }

        if (known is null)
        {
            _preprocessing.Add(standardization);
        }
    }

    private TensorValue QuantizePort(TensorValue value, string name, QuantizerSpec spec)
    {
        if (value.ChannelsFirst)
        {
            throw new InvalidOperationException("a real input is quantized in the order of its source");
        }

        TensorFormat format = spec.Format;
        InputLayer port = _layers.OfType<InputLayer>().Single(layer => layer.Name == value.Layer);
        for (int n = value.Moves.Count - 1; n >= 0; n--)
        {
            format = ElementOrder.Before(format, n == 0 ? port.Shape : value.Moves[n - 1].Shape, value.Moves[n].Axes);
        }

        TensorValue quantized = Added(
            unique => new QuantizeLayer(unique, value.Layer, spec with { Format = format }), name, port.Shape, RangeOf(format),
                channelsFirst: false);
        foreach (ElementMove move in value.Moves)
        {
            quantized = move.Axes is { } axes ? Transpose(quantized, name + "_axes", axes)
                : Reshape(quantized, name + "_shape", [.. move.Shape.Dimensions]);
        }

        return quantized;
    }
}
