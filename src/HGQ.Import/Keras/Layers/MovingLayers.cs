using System;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.QKeras;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Layers;

/// <summary>Layers without weights: moves, pools, and those that read several tensors.</summary>
internal static class MovingLayers
{
    public static TensorValue Flatten(LayerTask task)
        => task.ChannelsFirst ? throw task.Layer.Refuse("channels_first is not supported here; use channels_last")
            : task.Draft.Reshape(task.Input, task.Name, [task.Input.Shape.Size]);

    public static TensorValue Reshape(LayerTask task)
    {
        int[] shape = task.Layer.Integers("target_shape", 1) ?? throw task.Layer.Refuse("it names no target_shape");
        long known = shape.Where(static size => size > 0).Aggregate(1L, static (a, b) => Math.Min(a * b, int.MaxValue));
        if (shape.Count(static size => size <= 0) > 1 || known == 0)
        {
            throw task.Layer.Refuse($"its target_shape [{string.Join(", ", shape)}] leaves more than one size open");
        }

        return task.Draft.Reshape(task.Input, task.Name, [.. shape.Select(size => size > 0 ? size : (int)(task.Input.Shape.Size / known))]);
    }

    public static TensorValue Permute(LayerTask task)
    {
        int[] axes = task.Layer.Integers("dims", 1) ?? throw task.Layer.Refuse("it names no dims");
        int[] from = [.. axes.Select(static axis => axis - 1)];
        return from.Order().SequenceEqual(Enumerable.Range(0, task.Input.Shape.Rank)) ? task.Draft.Permute(task.Input, task.Name, from)
            : throw task.Layer.Refuse("its dims are no permutation");
    }

    public static TensorValue ZeroPadding(LayerTask task)
    {
        TensorValue value = task.Draft.Materialized(task.ChannelsLastInput, task.Name);
        double[] padding = [.. Flat(task)];
        return padding.Length switch
        {
            1 => task.Draft.Pad(value, task.Name, [.. Same(value, padding[0])], [.. Same(value, padding[0])]),
            2 when value.Shape.Rank == 2 => task.Draft.Pad(value, task.Name, [(int)padding[0]], [(int)padding[1]]),
            2 => task.Draft.Pad(value, task.Name, [(int)padding[0], (int)padding[1]], [(int)padding[0], (int)padding[1]]),
            4 when value.Shape.Rank == 3
                => task.Draft.Pad(value, task.Name, [(int)padding[0], (int)padding[2]], [(int)padding[1], (int)padding[3]]),
            _ => throw task.Layer.Refuse("its padding is not understood"),
        };
    }

    public static TensorValue Pool(LayerTask task)
    {
        int axes = task.Layer.Class.Contains("1D", StringComparison.Ordinal) ? 1 : 2;
        int[] window = task.Sizes("pool_size", axes, 2);
        int[] strides = task.Layer.Option("strides") is null ? window : task.Sizes("strides", axes, 1);
        TensorValue input = task.ChannelsLastInput;
        if (task.Layer.Class.Contains("Max", StringComparison.Ordinal))
        {
            return task.Draft.MaxPool(input, task.Name, window, strides, task.Padding);
        }

        ConvolutionShape shape = task.Convolution(window, 1, 1) with { Strides = strides };
        shape = shape.WithPadding(input.Shape, task.Padding);
        if (shape.Before.Concat(shape.After).Any(static p => p > 0))
        {
            throw task.Layer.Refuse("it averages windows that reach beyond the edge, over fewer elements there; use padding valid");
        }

        Rational? factor = Factor(task, window.Aggregate(1, static (a, b) => a * b));
        return Activations.Inside(task, task.Draft.AveragePool(input, task.Name, window, strides, shape.Before, shape.After, factor));
    }

    public static TensorValue GlobalPool(LayerTask task)
    {
        TensorValue input = task.ChannelsLastInput;
        int[] axes = [.. Enumerable.Range(0, input.Shape.Rank - 1)];
        bool keep = task.Layer.Flag("keepdims", false);
        if (task.Layer.Class.Contains("Max", StringComparison.Ordinal))
        {
            return task.Draft.Reduce(input, task.Name, ReductionKind.Max, axes, keep);
        }

        int terms = axes.Aggregate(1, (product, axis) => product * input.Shape[axis]);
        TensorValue sum = task.Draft.Reduce(input, task.Name, ReductionKind.Sum, axes, keep);
        return Activations.Inside(task, sum.Then(AffineStep.ByScale(Factor(task, terms) ?? new Rational(1, terms))));
    }

    public static TensorValue Merge(LayerTask task)
    {
        TensorValue[] inputs = task.Inputs;
        string kind = task.Layer.Class.TrimStart('Q');
        if (inputs.Length < 2)
        {
            throw task.Layer.Refuse("it reads fewer than two tensors");
        }

        switch (kind)
        {
            case "Add":
                return task.Draft.Sum(inputs, task.Name, new bool[inputs.Length]);
            case "Subtract" when inputs.Length == 2:
                return task.Draft.Sum(inputs, task.Name, [false, true]);
            case "Multiply":
                return inputs.Skip(1).Aggregate(inputs[0], (left, right) => task.Draft.Product(left, right, task.Name));
            case "Maximum":
                return task.Draft.Extremum(inputs, task.Name, ReductionKind.Max);
            case "Minimum":
                return task.Draft.Extremum(inputs, task.Name, ReductionKind.Min);
            case "Average":
                return task.Draft.Sum(inputs, task.Name, new bool[inputs.Length]).Then(AffineStep.ByScale(new Rational(1, inputs.Length)));
            case "Concatenate":
                inputs = [.. inputs.Select(input => task.Draft.InSourceOrder(input, task.Name))];
                int axis = task.Layer.Integer("axis", -1);
                return task.Draft.Concatenate(inputs, task.Name, axis < 0 ? axis + inputs[0].Shape.Rank : axis - 1);
            default:
                throw task.Layer.Refuse("this layer is not supported");
        }
    }

    // QKeras rounds the factor of a mean.
    private static Rational? Factor(LayerTask task, int terms)
        => QuantizerCall.Read(task.Layer, "average_quantizer") is { } quantizer
            ? QuantizedConstants.Apply(new Containers.HdfArray([1], [(float)(1.0 / terms)], false), quantizer, isKernel: false)[0]
            : null;

    private static System.Collections.Generic.IEnumerable<double> Flat(LayerTask task)
    {
        System.Text.Json.JsonElement padding = task.Layer.Option("padding") ?? throw task.Layer.Refuse("it names no padding");
        return Numbers(padding);

        System.Collections.Generic.IEnumerable<double> Numbers(System.Text.Json.JsonElement value) => value.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Number => [value.GetDouble()],
            System.Text.Json.JsonValueKind.Array => value.EnumerateArray().SelectMany(Numbers),
            _ => throw task.Layer.Refuse("its padding is not understood"),
        };
    }

    private static int[] Same(TensorValue value, double padding) => [.. Enumerable.Repeat((int)padding, value.Shape.Rank - 1)];
}
