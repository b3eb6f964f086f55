using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>The model while it is translated: layers so far, unique names, preprocessing of inputs.</summary>
internal sealed partial class GraphDraft
{
    // What a model file holds in all tensors together; checked before anything is allocated for a shape.
    private const long MostElements = 1 << 24;

    private readonly List<LayerNode> _layers = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Standardization> _preprocessing = [];

    /// <summary>Things a user should know that are no errors.</summary>
    public List<string> Notes { get; } = [];

    public EquatableArray<LayerNode> Layers => _layers.ToArray();

    public EquatableArray<Standardization> Preprocessing => _preprocessing.ToArray();

    /// <summary>The name itself, or with a number where it is taken.</summary>
    public string Unique(string name)
    {
        name = name.Length == 0 ? "layer" : name;
        string unique = name;
        for (var n = 2; !_names.Add(unique); n++)
        {
            unique = FormattableString.Invariant($"{name}_{n}");
        }

        return unique;
    }

    public TensorValue Input(string name, TensorShape shape)
    {
        RequireSize(name, shape);
        string unique = Unique(name);
        _layers.Add(new InputLayer(unique, shape));
        return new TensorValue(unique, shape, ChannelsFirst: false, [], Floats is null ? null : NoRange(shape));
    }

    /// <summary>The same elements in row-major order of the source under another shape.</summary>
    public TensorValue Reshape(TensorValue value, string name, int[] shape)
    {
        value = Real(InSourceOrder(value, name), name);
        var target = new TensorShape(shape);
        if (target.Size != value.Shape.Size)
        {
            throw new ImportException(name, $"it reshapes {value.Shape} to {target}, which has another number of elements");
        }

        if (target == value.Shape)
        {
            return value;
        }

        if (value.IsReal)
        {
            IReadOnlyList<ElementMove> moves = [.. value.Moves, new ElementMove(null, target)];
            return value with { Shape = target, Steps = Regroup(value, name, target, null), Moves = moves };
        }

        string unique = Unique(name);
        _layers.Add(new ReshapeLayer(unique, value.Layer, target));
        return value with { Layer = unique, Shape = target, Steps = Regroup(value, name, target, null), Range = RangeOf(value, target) };
    }

    /// <summary>Output axis n is the source's axis axes[n].</summary>
    public TensorValue Permute(TensorValue value, string name, int[] axes)
    {
        if (value.ChannelsFirst && axes.SequenceEqual([.. Enumerable.Range(1, axes.Length - 1), 0]))
        {
            return value with { ChannelsFirst = false };
        }

        return Transpose(InSourceOrder(value, name), name, axes);
    }

    /// <summary>The value with the axes of the source, channels first where the source has them there.</summary>
    public TensorValue InSourceOrder(TensorValue value, string name)
    {
        if (value.Pending is not null && value.ChannelsFirst)
        {
            RequireIntegers(value, name);
        }

        if (!value.ChannelsFirst)
        {
            return value;
        }

        int last = value.Shape.Rank - 1;
        return Transpose(value with { ChannelsFirst = false }, name + "_channels_first", [last, .. Enumerable.Range(0, last)]);
    }

    /// <summary>The value with channels last; the source may count them first.</summary>
    public TensorValue ChannelsLast(TensorValue value, string name, bool sourceIsChannelsFirst)
    {
        if (!sourceIsChannelsFirst)
        {
            return InSourceOrder(value, name);
        }

        return value.ChannelsFirst
            ? value
            : Transpose(value, name + "_channels_last", [.. Enumerable.Range(1, value.Shape.Rank - 1), 0]) with { ChannelsFirst = true };
    }

    private TensorValue Transpose(TensorValue value, string name, int[] axes)
    {
        if (axes.SequenceEqual(Enumerable.Range(0, axes.Length)))
        {
            return value;
        }

        value = Real(value, name);
        var target = new TensorShape(axes.Select(axis => value.Shape[axis]).ToArray());
        IReadOnlyList<Step> steps = Regroup(value, name, target, axes);
        if (value.IsReal)
        {
            return value with { Shape = target, Steps = steps, Moves = [.. value.Moves, new ElementMove(axes, target)] };
        }

        string unique = Unique(name);
        _layers.Add(new PermuteLayer(unique, value.Layer, axes));
        bool lastStays = axes[^1] == axes.Length - 1;
        ChannelRange range = lastStays ? value.Range! : value.Range!.Joined(target.Channels);
        return value with { Layer = unique, Shape = target, Steps = steps, Range = range };
    }

    // Steps by channel follow their elements into another shape, if they are the same for all elements of each of its channels.
    private static IReadOnlyList<Step> Regroup(TensorValue value, string name, TensorShape target, int[]? axes)
    {
        if (value.Steps.All(static step => step is not AffineStep affine || (affine.Scale.Length == 1 && affine.Offset.Length == 1)))
        {
            return value.Steps;
        }

        int[] source = ElementOrder.SourceOf(value.Shape, target, axes);
        int channels = value.Channels;
        var from = new int[target.Channels];
        Array.Fill(from, -1);
        for (var e = 0; e < source.Length; e++)
        {
            int to = e % target.Channels, channel = source[e] % channels;
            if (from[to] >= 0 && from[to] != channel)
            {
                throw new ImportException(
                    name, "it moves a tensor whose channels have different scales, so that they no longer are channels; quantize in "
                        + "front of it");
            }

            from[to] = channel;
        }

        return [.. value.Steps.Select(step => step is AffineStep affine
            ? new AffineStep([.. from.Select(affine.ScaleOf)], [.. from.Select(affine.OffsetOf)])
            : step)];
    }

    private static ChannelRange? RangeOf(TensorValue value, TensorShape target)
        => target.Channels == value.Channels ? value.Range : value.Range!.Joined(target.Channels);

    /// <summary>Adds a layer whose result has the given range and no steps.</summary>
    private TensorValue Added(Func<string, LayerNode> layer, string name, TensorShape shape, ChannelRange range, bool channelsFirst)
    {
        RequireSize(name, shape);
        string unique = Unique(name);
        _layers.Add(layer(unique));
        return new TensorValue(unique, shape, channelsFirst, [], range);
    }

    private static void RequireSize(string name, TensorShape shape)
    {
        if (shape.Dimensions.Aggregate(
            1L, static (size, next) => next < 1 || size > MostElements ? MostElements + 1 : size * next) > MostElements)
        {
            throw new ImportException(name,
                FormattableString.Invariant($"a tensor of shape {shape} has an empty axis, or more than {MostElements} elements"));
        }
    }

    private static ChannelRange RangeOf(TensorFormat format)
    {
        int channels = format.Shape.Channels, bits = format.Elements.Max(static f => f.IsZero ? int.MinValue : f.FractionBits);
        bits = bits == int.MinValue ? 0 : bits;
        ChannelRange range = ChannelRange.Uniform(channels, bits, 0, 0);
        for (var e = 0; e < format.Elements.Length; e++)
        {
            FixedPointFormat f = format[e];
            if (!f.IsZero)
            {
                int c = e % channels;
                range.Low[c] = System.Numerics.BigInteger.Min(range.Low[c], f.MinRaw << (bits - f.FractionBits));
                range.High[c] = System.Numerics.BigInteger.Max(range.High[c], f.MaxRaw << (bits - f.FractionBits));
            }
        }

        return range;
    }

    /// <summary>The formats of a tensor that a quantizer made, nothing behind it; else null.</summary>
    public TensorFormat? FormatOf(TensorValue value)
        => value.Steps.Count == 0 && _layers.LastOrDefault(layer => layer.Name == value.Layer) is QuantizeLayer quantize
            ? quantize.Quantizer.Format : null;

    /// <summary>Refuses what only integers can go into.</summary>
    public static void RequireIntegers(TensorValue value, string name)
    {
        if (value.Pending is { } sum)
        {
            throw new ImportException(
                name,
                $"it reads a sum of tensors with the scales {sum.LeftScale} and {sum.Scale}, whose ratio is no integer over a power of "
                    + $"two; "
                + "quantize the sum, or its summands with one scale");
        }

        if (value.IsReal)
        {
            throw new ImportException(
                name,
                $"it reads the real input '{value.Layer}', which the source does not quantize; give a format with --input, for example "
                    + $"--input \"fixed<16,6>\", or, for a float model, data to choose all formats by: --calibrate DATA");
        }
    }
}
