using System;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Onnx;

/// <summary>Windows, pads and pools.</summary>
internal static class OnnxWindows
{
    public static ConvolutionShape Of(OnnxTask task, TensorShape input, int[] window, int groups, int outputs)
    {
        int axes = window.Length;
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        int[] strides = task.Integers("strides") ?? ones, dilations = task.Integers("dilations") ?? ones, pads = task.Integers("pads")
            ?? new int[2 * axes];
        if (strides.Length != axes || dilations.Length != axes || pads.Length != 2 * axes
            || strides.Concat(dilations).Any(static x => x < 1))
        {
            throw task.Refuse("its strides, dilations or pads do not fit its window");
        }

        var shape = new ConvolutionShape(window, strides, dilations, pads[..axes], pads[axes..], groups, outputs);
        string automatic = task.Text("auto_pad", "NOTSET");
        if (automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            shape = shape.WithPadding(input, PaddingKind.Same);
            return automatic == "SAME_LOWER" ? shape with { Before = shape.After, After = shape.Before } : shape;
        }

        return automatic is "NOTSET" or "" ? shape : automatic == "VALID" ? shape with { Before = new int[axes], After = new int[axes] }
            : throw task.Refuse($"its auto_pad is {automatic}");
    }

    public static OnnxValue MaxPool(OnnxTask task)
    {
        (TensorValue value, ConvolutionShape shape) = Pool(task);
        if (shape.Before.Concat(shape.After).All(static p => p == 0))
        {
            return OnnxTask.Of(task.Draft.MaxPool(value, task.Name, shape.Window, shape.Strides, PaddingKind.Valid));
        }

        ConvolutionShape same = shape.WithPadding(value.Shape, PaddingKind.Same);
        if (same.Before.SequenceEqual(shape.Before) && same.After.SequenceEqual(shape.After))
        {
            return OnnxTask.Of(task.Draft.MaxPool(value, task.Name, shape.Window, shape.Strides, PaddingKind.Same));
        }

        // Zeros win over nothing where no number is negative.
        (TensorValue integers, Rational scale) = task.Draft.Scaled(value, task.Name);
        return integers.Range!.Low.Any(static low => low.Sign < 0)
            ? throw task.Refuse("its pads are not those of SAME padding, and numbers may be negative; pad by SAME, or put a relu in front")
            : OnnxTask.Of(task.Draft.MaxPool(
                task.Draft.Pad(integers, task.Name, shape.Before, shape.After), task.Name, shape.Window, shape.Strides,
                PaddingKind.Valid).Then(AffineStep.ByScale(scale)));
    }

    public static OnnxValue AveragePool(OnnxTask task)
    {
        (TensorValue value, ConvolutionShape shape) = Pool(task);
        bool pads = shape.Before.Concat(shape.After).Any(static p => p > 0);
        return pads && task.Integer("count_include_pad", 0) == 0
            ? throw task.Refuse("it averages windows that reach beyond the edge, over fewer elements there; set count_include_pad, or "
                + "pad with nothing")
            : OnnxTask.Of(task.Draft.AveragePool(value, task.Name, shape.Window, shape.Strides, shape.Before, shape.After));
    }

    public static OnnxValue GlobalPool(OnnxTask task)
    {
        TensorValue value = task.Draft.ChannelsLast(task.Tensor(0), task.Name, !task.IsChannelsLast);
        int[] axes = [.. Enumerable.Range(0, value.Shape.Rank - 1)];
        if (axes.Length == 0)
        {
            throw task.Refuse($"it has no spatial axes in {value.Shape}");
        }

        bool max = task.Node.OpType.Contains("Max", StringComparison.Ordinal);
        TensorValue reduced = task.Draft.Reduce(value, task.Name, max ? ReductionKind.Max : ReductionKind.Sum, axes, keepDimensions: true);
        return OnnxTask.Of(max ? reduced
            : reduced.Then(AffineStep.ByScale(new Rational(1, axes.Aggregate(1, (product, axis) => product * value.Shape[axis])))));
    }

    public static OnnxValue Reduce(OnnxTask task)
    {
        TensorValue value = task.Draft.InSourceOrder(task.Tensor(0), task.Name);
        int[] named = task.Integers("axes") ?? task.Optional(1, "axes")?.Integers(task.Name, "axes") ?? [];
        int[] axes = named.Length == 0 ? [.. Enumerable.Range(0, value.Shape.Rank)] : [.. named.Select(axis => task.Axis(axis, value))];
        ReductionKind kind =
            task.Node.OpType switch { "ReduceMax" => ReductionKind.Max, "ReduceMin" => ReductionKind.Min, _ => ReductionKind.Sum };
        TensorValue reduced = task.Draft.Reduce(value, task.Name, kind, axes, task.Integer("keepdims", 1) != 0);
        return OnnxTask.Of(task.Node.OpType == "ReduceMean"
            ? reduced.Then(AffineStep.ByScale(new Rational(1, axes.Aggregate(1, (product, axis) => product * value.Shape[axis]))))
            : reduced);
    }

    public static OnnxValue Pad(OnnxTask task)
    {
        int[] pads = task.Integers("pads") ?? task.Constant(1, "pads").Integers(task.Name, "pads");
        Rational filling = task.Optional(2, "value") is { Values.Length: > 0 } constant ? constant.Single(task.Name, "value")
            : task.Real("value", 0);
        TensorValue value = task.Tensor(0);
        int rank = value.Shape.Rank + 1;
        bool spatial = pads.Length == 2 * rank && rank > 2 && new[] { 0, 1, rank, rank + 1 }.All(n => pads[n] == 0);
        if (task.Text("mode", "constant") != "constant" || !filling.IsZero || !spatial)
        {
            throw task.Refuse("zeros around the spatial axes can be imported; another mode, value or axis can't");
        }

        (TensorValue integers, Rational scale) =
            task.Draft.Scaled(task.Draft.ChannelsLast(value, task.Name, sourceIsChannelsFirst: true), task.Name);
        return OnnxTask.Of(task.Draft.Pad(integers, task.Name, pads[2..rank], pads[(rank + 2)..]).Then(AffineStep.ByScale(scale)));
    }

    private static (TensorValue Value, ConvolutionShape Shape) Pool(OnnxTask task)
    {
        TensorValue value = task.Draft.ChannelsLast(task.Tensor(0), task.Name, !task.IsChannelsLast);
        int[] window = task.Integers("kernel_shape") ?? throw task.Refuse("it has no kernel_shape");
        if (value.Shape.Rank != window.Length + 1 || window.Any(static w => w < 1))
        {
            throw task.Refuse($"its window of {window.Length} axes does not fit {value.Shape}");
        }

        ConvolutionShape shape = Of(task, value.Shape, window, 1, 1);
        if (shape.Dilations.Any(static d => d != 1) || task.Node.Output.Count > 1)
        {
            throw task.Refuse("dilations, or a second output, are not supported");
        }

        // Rounding sizes up matters only where windows do not fill the axis.
        bool whole = Enumerable.Range(0,
            window.Length).All(axis
            => (value.Shape[axis] + shape.Before[axis] + shape.After[axis] - window[axis]) % shape.Strides[axis] == 0);
        return task.Integer("ceil_mode", 0) == 0 || whole ? (value, shape)
            : throw task.Refuse("ceil_mode makes windows beyond the edge; use floor");
    }
}
