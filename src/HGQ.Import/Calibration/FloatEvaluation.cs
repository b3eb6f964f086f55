using System;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Computes one layer of a float model in float64 for a number of rows.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="node">The layer.</param>
/// <param name="inputs">What it reads, row by row.</param>
/// <param name="shapes">Shapes of what it reads.</param>
/// <param name="kernel">Weights, or factors of the channels.</param>
/// <param name="bias">Summands of the outputs, or null.</param>
internal sealed class FloatEvaluation(int rows, FloatNode node, double[][] inputs, TensorShape[] shapes, double[]? kernel, double[]? bias)
    : ILayerVisitor<double[]>
{
    /// <summary>The results, row by row.</summary>
    public double[] Run() => node.Step switch
    {
        AffineStep => Each((x, c) => (x * kernel![c]) + (bias is null ? 0 : bias[c])),
        RectifyStep rectify => Rectified(rectify.Slope.ToDouble()),
        ClipStep clip => Clipped(clip.Low?.ToDouble() ?? double.NegativeInfinity, clip.High?.ToDouble() ?? double.PositiveInfinity),
        FunctionStep function => Each((x, _) => function.Function(x)),
        _ => node.Layer.Accept(this),
    };

    public double[] VisitInput(InputLayer layer) => throw new InvalidOperationException("an input port is given");

    public double[] VisitDense(DenseLayer layer)
    {
        int width = shapes[0].Channels, outputs = node.Shape.Channels, positions = inputs[0].Length / width;
        var result = new double[positions * outputs];
        for (var p = 0; p < positions; p++)
        {
            Span<double> sums = result.AsSpan(p * outputs, outputs);
            bias?.CopyTo(sums);
            for (var i = 0; i < width; i++)
            {
                AddScaled(sums, inputs[0][(p * width) + i], kernel!.AsSpan(i * outputs, outputs));
            }
        }

        return result;
    }

    public double[] VisitConv(ConvLayer layer) => new FloatConvolution(layer, shapes[0], node.Shape).Run(inputs[0], kernel!, bias, rows);

    public double[] VisitPool(PoolLayer layer) => layer.Kind == PoolKind.Max
        ? FloatConvolution.Maxima(layer, shapes[0], node.Shape, inputs[0], rows)
        : throw new InvalidOperationException("means are sums over windows");

    // The only ones are zeros that pad.
    public double[] VisitScaleOffset(ScaleOffsetLayer layer) => new double[inputs[0].Length];

    public double[] VisitRelu(ReluLayer layer) => throw Unexpected(layer);

    public double[] VisitClamp(ClampLayer layer) => throw Unexpected(layer);

    public double[] VisitTable(TableLayer layer) => throw Unexpected(layer);

    public double[] VisitQuantize(QuantizeLayer layer) => throw Unexpected(layer);

    public double[] VisitShift(ShiftLayer layer) => throw Unexpected(layer);

    public double[] VisitAdd(AddLayer layer)
    {
        var sum = new double[rows * node.Shape.Size];
        for (var n = 0; n < inputs.Length; n++)
        {
            double[] operand = Broadcast(n);
            for (var e = 0; e < sum.Length; e++)
            {
                sum[e] += layer.Negate[n] ? -operand[e] : operand[e];
            }
        }

        return sum;
    }

    public double[] VisitMultiply(MultiplyLayer layer) => [.. Broadcast(0).Zip(Broadcast(1), static (a, b) => a * b)];

    public double[] VisitExtremum(ExtremumLayer layer)
    {
        double[] result = Broadcast(0);
        for (var n = 1; n < inputs.Length; n++)
        {
            result = [.. result.Zip(Broadcast(n), (a, b) => layer.Kind == ReductionKind.Max ? Math.Max(a, b) : Math.Min(a, b))];
        }

        return result;
    }

    public double[] VisitMatMul(MatMulLayer layer)
    {
        int inner = shapes[0].Channels, height = shapes[0][shapes[0].Rank - 2], width = node.Shape.Channels;
        int matrices = inputs[0].Length / (inner * height);
        var result = new double[matrices * height * width];
        for (var m = 0; m < matrices * height; m++)
        {
            for (var i = 0; i < inner; i++)
            {
                AddScaled(result.AsSpan(m * width, width), inputs[0][(m * inner) + i],
                    inputs[1].AsSpan(((m / height * inner) + i) * width, width));
            }
        }

        return result;
    }

    public double[] VisitReduce(ReduceLayer layer)
    {
        int[] to = FloatIndices.Reduced(shapes[0], [.. layer.Axes]);
        int size = shapes[0].Size, results = node.Shape.Size;
        var result = new double[rows * results];
        Array.Fill(result, layer.Kind switch
        {
            ReductionKind.Sum => 0,
            ReductionKind.Max => double.NegativeInfinity,
            ReductionKind.Min => double.PositiveInfinity,
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "This is no kind of reduction."),
        });
        for (var e = 0; e < inputs[0].Length; e++)
        {
            ref double target = ref result[(e / size * results) + to[e % size]];
            double x = inputs[0][e];
            target = layer.Kind == ReductionKind.Sum ? target + x : layer.Kind == ReductionKind.Max ? Math.Max(target, x)
                : Math.Min(target, x);
        }

        return result;
    }

    public double[] VisitReshape(ReshapeLayer layer) => inputs[0];

    public double[] VisitPermute(PermuteLayer layer) => Moved(ElementOrder.SourceOf(shapes[0], node.Shape, [.. layer.Axes]));

    public double[] VisitSlice(SliceLayer layer)
        => Moved(FloatIndices.Sliced(shapes[0], node.Shape, [.. layer.Begin], [.. layer.Steps]));

    public double[] VisitConcatenate(ConcatenateLayer layer)
    {
        int size = node.Shape.Size, inner = node.Shape.Dimensions.Skip(layer.Axis + 1).Aggregate(1, static (a, b) => a * b);
        var result = new double[rows * size];
        int outer = rows * (size / (inner * node.Shape[layer.Axis])), at = 0;
        for (var n = 0; n < inputs.Length; n++)
        {
            int length = inner * shapes[n][layer.Axis];
            for (var o = 0; o < outer; o++)
            {
                Array.Copy(inputs[n], o * length, result, (o * inner * node.Shape[layer.Axis]) + at, length);
            }

            at += length;
        }

        return result;
    }

    private static void AddScaled(Span<double> sums, double factor, ReadOnlySpan<double> row)
    {
        for (var o = 0; factor != 0 && o < sums.Length; o++)
        {
            sums[o] += factor * row[o];
        }
    }

    private static InvalidOperationException Unexpected(LayerNode layer) => new($"'{layer.Name}' is no layer of a float model");

    private double[] Rectified(double slope) => Each((x, _) => x >= 0 ? x : x * slope);

    private double[] Clipped(double low, double high) => Each((x, _) => Math.Min(Math.Max(x, low), high));

    private double[] Each(Func<double, int, double> function)
    {
        int channels = node.Shape.Channels;
        var result = new double[inputs[0].Length];
        for (var e = 0; e < result.Length; e++)
        {
            result[e] = function(inputs[0][e], e % channels);
        }

        return result;
    }

    private double[] Broadcast(int operand) => shapes[operand] == node.Shape
        ? inputs[operand]
        : Moved(FloatIndices.Broadcast(shapes[operand], node.Shape), operand);

    private double[] Moved(int[] source, int operand = 0)
    {
        int size = shapes[operand].Size;
        var result = new double[rows * source.Length];
        for (var e = 0; e < result.Length; e++)
        {
            result[e] = inputs[operand][(e / source.Length * size) + source[e % source.Length]];
        }

        return result;
    }
}
