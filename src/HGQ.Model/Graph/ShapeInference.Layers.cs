using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Graph;

/// <content>One rule for each kind of layer.</content>
public sealed partial class ShapeInference
{
    /// <inheritdoc/>
    public TensorShape VisitInput(InputLayer layer) => layer.Shape;

    /// <inheritdoc/>
    public TensorShape VisitQuantize(QuantizeLayer layer) => Quantized(layer, layer.Quantizer, _shapes[layer.Input]);

    /// <inheritdoc/>
    public TensorShape VisitDense(DenseLayer layer)
    {
        var input = _shapes[layer.Input];
        RequireConstants(layer, "kernel", layer.Kernel);
        if (input.Rank < 1 || layer.Kernel.Shape.Rank != 2 || layer.Kernel.Shape[0] != input.Channels)
        {
            throw Mismatch(layer, $"its kernel is {layer.Kernel.Shape}, its input {input}; the kernel must be [{input.Channels}, outputs]");
        }

        RequireChannels(layer, "bias", layer.Bias, layer.Kernel.Shape[1]);
        return Quantized(layer, layer.Quantizer, WithChannels(input, layer.Kernel.Shape[1]));
    }

    /// <inheritdoc/>
    public TensorShape VisitConv(ConvLayer layer)
    {
        var input = _shapes[layer.Input];
        RequireConstants(layer, "kernel", layer.Kernel);
        var spatial = input.Rank - 1;
        var kernel = layer.Kernel.Shape;
        if (spatial is < 1 or > 2 || kernel.Rank != spatial + 2)
        {
            throw Mismatch(layer, $"its kernel is {kernel}, its input {input}; a convolution has one or two spatial axes, channels last");
        }

        if (layer.Groups < 1 || input.Channels % layer.Groups != 0 || kernel[spatial + 1] % layer.Groups != 0)
        {
            throw Invalid(layer, $"{layer.Groups} groups do not divide {input.Channels} input and {kernel[spatial + 1]} output channels");
        }

        if (kernel[spatial] != input.Channels / layer.Groups)
        {
            throw Mismatch(layer, $"its kernel is {kernel} for {input.Channels} channels in {layer.Groups} groups; axis {spatial} must be {input.Channels / layer.Groups}");
        }

        if (layer.Padding == PaddingKind.Causal && spatial != 1)
        {
            throw Invalid(layer, "causal padding exists for one spatial axis only");
        }

        RequireChannels(layer, "bias", layer.Bias, kernel[spatial + 1]);
        var windows = Windows(layer, input, kernel.Dimensions, layer.Strides, layer.Dilations, layer.Padding);
        return Quantized(layer, layer.Quantizer, new TensorShape(windows.Append(kernel[spatial + 1]).ToArray()));
    }

    /// <inheritdoc/>
    public TensorShape VisitScaleOffset(ScaleOffsetLayer layer)
    {
        var input = _shapes[layer.Input];
        RequireChannels(layer, "scale", layer.Scale, input.Channels);
        RequireChannels(layer, "offset", layer.Offset, input.Channels);
        return Quantized(layer, layer.Quantizer, input);
    }

    /// <inheritdoc/>
    public TensorShape VisitRelu(ReluLayer layer)
    {
        var one = layer.SlopeFractionBits is >= 0 and < 62 ? 1L << layer.SlopeFractionBits : 0;
        if (layer.SlopeRaw < 0 || layer.SlopeRaw > one)
        {
            throw Invalid(layer, $"the slope {layer.SlopeRaw} · 2^-{layer.SlopeFractionBits} is not in [0, 1]");
        }

        return Quantized(layer, layer.Quantizer, _shapes[layer.Input]);
    }

    /// <inheritdoc/>
    public TensorShape VisitClamp(ClampLayer layer)
        => layer.LowRaw > layer.HighRaw
            ? throw Invalid(layer, $"the lower limit {layer.LowRaw} is above the upper limit {layer.HighRaw}")
            : Quantized(layer, layer.Quantizer, _shapes[layer.Input]);

    /// <inheritdoc/>
    public TensorShape VisitTable(TableLayer layer)
    {
        var input = _shapes[layer.Input];
        if (layer.TableOf.Length != 1 && layer.TableOf.Length != input.Size)
        {
            throw Mismatch(layer, $"it names tables for {layer.TableOf.Length} elements, its input has {input.Size}; give one entry, or one each");
        }

        foreach (var table in layer.TableOf)
        {
            if (table < 0 || table >= layer.Tables.Length)
            {
                throw Invalid(layer, $"table {table} does not exist; it has {layer.Tables.Length}");
            }
        }

        foreach (var table in layer.Tables)
        {
            RequireTable(layer, table);
        }

        return Quantized(layer, layer.Quantizer, input);
    }

    /// <inheritdoc/>
    public TensorShape VisitAdd(AddLayer layer)
    {
        if (layer.Negate.Length != layer.Inputs.Length)
        {
            throw Invalid(layer, $"it has {layer.Inputs.Length} inputs and {layer.Negate.Length} signs");
        }

        return Quantized(layer, layer.Quantizer, Broadcast(layer));
    }

    /// <inheritdoc/>
    public TensorShape VisitMultiply(MultiplyLayer layer) => Quantized(layer, layer.Quantizer, Broadcast(layer));

    /// <inheritdoc/>
    public TensorShape VisitMatMul(MatMulLayer layer)
    {
        TensorShape left = _shapes[layer.Left], right = _shapes[layer.Right];
        var rank = left.Rank;
        if (rank < 2 || right.Rank != rank)
        {
            throw Mismatch(layer, $"its operands are {left} and {right}; both need the same rank of at least 2");
        }

        var inner = layer.TransposeRight ? right[rank - 1] : right[rank - 2];
        var columns = layer.TransposeRight ? right[rank - 2] : right[rank - 1];
        for (var axis = 0; axis < rank - 2; axis++)
        {
            if (left[axis] != right[axis])
            {
                throw Mismatch(layer, $"its operands {left} and {right} differ in batch axis {axis}");
            }
        }

        if (left[rank - 1] != inner)
        {
            throw Mismatch(layer, $"its operands {left} and {right} have the inner sizes {left[rank - 1]} and {inner}");
        }

        var shape = left.Dimensions.ToArray();
        shape[rank - 1] = columns;
        return Quantized(layer, layer.Quantizer, new TensorShape(shape));
    }

    /// <inheritdoc/>
    public TensorShape VisitExtremum(ExtremumLayer layer)
        => layer.Kind == ReductionKind.Sum
            ? throw Invalid(layer, "kind Sum is an AddLayer; use Max or Min")
            : Quantized(layer, layer.Quantizer, Broadcast(layer));

    /// <inheritdoc/>
    public TensorShape VisitPool(PoolLayer layer)
    {
        var input = _shapes[layer.Input];
        if (layer.Size.Length is < 1 or > 2 || input.Rank != layer.Size.Length + 1)
        {
            throw Mismatch(layer, $"its window has {layer.Size.Length} axes, its input {input} {input.Rank - 1} spatial ones (1 or 2, channels last)");
        }

        if (layer.Padding == PaddingKind.Causal)
        {
            throw Invalid(layer, "pooling knows valid and same padding");
        }

        var ones = layer.Size.Select(_ => 1).ToArray();
        var windows = Windows(layer, input, layer.Size, layer.Strides, ones, layer.Padding);
        return Quantized(layer, layer.Quantizer, new TensorShape(windows.Append(input.Channels).ToArray()));
    }

    /// <inheritdoc/>
    public TensorShape VisitReduce(ReduceLayer layer)
    {
        var input = _shapes[layer.Input];
        RequireAxes(layer, layer.Axes, input);
        var reduced = new HashSet<int>(layer.Axes);
        var sizes = new List<int>();
        for (var axis = 0; axis < input.Rank; axis++)
        {
            if (!reduced.Contains(axis))
            {
                sizes.Add(input[axis]);
            }
            else if (layer.KeepDimensions)
            {
                sizes.Add(1);
            }
        }

        return Quantized(layer, layer.Quantizer, new TensorShape(sizes.ToArray()));
    }

    /// <inheritdoc/>
    public TensorShape VisitShift(ShiftLayer layer)
        => layer.Shift is < -64 or > 64 ? throw Invalid(layer, $"the shift {layer.Shift} is not in [-64, 64]") : _shapes[layer.Input];

    /// <inheritdoc/>
    public TensorShape VisitReshape(ReshapeLayer layer)
    {
        RequireSize(layer, layer.Shape);
        return layer.Shape.Size == _shapes[layer.Input].Size
            ? layer.Shape
            : throw Mismatch(layer, $"{_shapes[layer.Input]} has {_shapes[layer.Input].Size} elements, {layer.Shape} has {layer.Shape.Size}");
    }

    /// <inheritdoc/>
    public TensorShape VisitPermute(PermuteLayer layer)
    {
        var input = _shapes[layer.Input];
        RequireAxes(layer, layer.Axes, input);
        return layer.Axes.Length == input.Rank
            ? new TensorShape(layer.Axes.Select(axis => input[axis]).ToArray())
            : throw Mismatch(layer, $"it permutes {layer.Axes.Length} axes of {input}");
    }

    /// <inheritdoc/>
    public TensorShape VisitConcatenate(ConcatenateLayer layer)
    {
        if (layer.Inputs.Length == 0)
        {
            throw Invalid(layer, "it joins nothing");
        }

        var first = _shapes[layer.Inputs[0]];
        RequireAxes(layer, new[] { layer.Axis }, first);
        var sizes = first.Dimensions.ToArray();
        sizes[layer.Axis] = 0;
        foreach (var name in layer.Inputs)
        {
            var shape = _shapes[name];
            for (var axis = 0; axis < first.Rank; axis++)
            {
                if (shape.Rank != first.Rank || (axis != layer.Axis && shape[axis] != first[axis]))
                {
                    throw Mismatch(layer, $"'{name}' has the shape {shape}, '{layer.Inputs[0]}' {first}; they may differ in axis {layer.Axis} only");
                }
            }

            if (sizes[layer.Axis] > MaximumElements)
            {
                throw Mismatch(layer, $"its output has more than {MaximumElements} elements");
            }

            sizes[layer.Axis] += shape[layer.Axis];
        }

        return new TensorShape(sizes);
    }

    /// <inheritdoc/>
    public TensorShape VisitSlice(SliceLayer layer)
    {
        var input = _shapes[layer.Input];
        if (layer.Begin.Length != input.Rank || layer.Size.Length != input.Rank || layer.Steps.Length != input.Rank)
        {
            throw Mismatch(layer, $"it slices {layer.Begin.Length} axes of {input}; give begin, size and step for every axis");
        }

        for (var axis = 0; axis < input.Rank; axis++)
        {
            long last = layer.Begin[axis] + ((layer.Size[axis] - 1L) * layer.Steps[axis]);
            if (layer.Begin[axis] < 0 || layer.Size[axis] < 1 || layer.Steps[axis] < 1 || last >= input[axis])
            {
                throw Invalid(layer, $"axis {axis}: begin {layer.Begin[axis]}, size {layer.Size[axis]}, step {layer.Steps[axis]} leave the {input[axis]} elements of {input}");
            }
        }

        return new TensorShape(layer.Size);
    }
}
