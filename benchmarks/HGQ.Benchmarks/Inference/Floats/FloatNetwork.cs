using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.Benchmarks.Inference.Floats;

/// <summary>
/// A sequential model without its quantizers, in single precision and with channels first: [n, channels, height, width], which for
/// one channel is the same memory as ours.
/// </summary>
internal sealed class FloatNetwork
{
    private readonly List<FloatLayer> _layers = [];
    private int[] _shape = [];

    // Channels, height, width in front of a flattening: it orders the rows of the kernel behind it.
    private int[]? _flattened;

    // Mean and scale of the inputs, which are folded into the first layer.
    private InputGrid? _inputs;

    private FloatNetwork(ModelGraph graph)
    {
        if (graph.Metadata.Preprocessing.Length > 0)
        {
            _inputs = new InputGrid(Lowerer.Lower(graph).Inputs.Single());
        }

        foreach (var layer in graph.Layers)
        {
            Add(layer);
        }
    }

    public IReadOnlyList<FloatLayer> Layers => _layers;

    /// <summary>Shape of the input without the batch.</summary>
    public int[] InputShape { get; private set; } = [];

    public static FloatNetwork Of(ModelGraph graph) => new(graph);

    private void Add(LayerNode layer)
    {
        switch (layer)
        {
            case InputLayer input:
                int[] shape = input.Shape.Dimensions.ToArray();
                InputShape = _shape = shape.Length == 3 ? [shape[2], shape[0], shape[1]] : shape;
                break;
            case QuantizeLayer:
                break;
            case DenseLayer dense:
                Append(Dense(dense));
                _flattened = null;
                break;
            case ConvLayer conv:
                Append(Conv(conv));
                break;
            case PoolLayer { Kind: PoolKind.Max } pool:
                Append(new FloatMaxPool(pool.Name, [_shape[0], _shape[1] / pool.Size[0], _shape[2] / pool.Size[1]], pool.Size[0], pool.Size[1]));
                break;
            case ReshapeLayer flatten:
                _flattened = _shape;
                Append(new FloatFlatten(flatten.Name, [_shape.Aggregate(1, (product, n) => product * n)]));
                break;
            default:
                throw new NotSupportedException($"Layer '{layer.Name}' is a {layer.GetType().Name}; the competitors have dense, conv, max pool and flatten.");
        }
    }

    private void Append(FloatLayer layer)
    {
        _layers.Add(layer);
        _shape = layer.Shape;
    }

    private FloatDense Dense(DenseLayer layer)
    {
        int inputs = layer.Kernel.Shape[0], outputs = layer.Kernel.Shape[1];
        float[] kernel = Reals(layer.Kernel), bias = Reals(layer.Bias!);
        Standardize(kernel, bias);
        var rows = _flattened is null ? Enumerable.Range(0, inputs) : FlattenedRows(_flattened[0], _flattened[1], _flattened[2]);
        float[] ordered = [.. rows.SelectMany(row => kernel.AsSpan(row * outputs, outputs).ToArray())];
        return new FloatDense(layer.Name, inputs, outputs, ordered, bias, layer.Activation == ActivationKind.Relu);
    }

    private void Standardize(float[] kernel, float[] bias)
    {
        if (_inputs is not { } inputs)
        {
            return;
        }

        for (var n = 0; n < kernel.Length; n++)
        {
            int row = n / bias.Length, column = n % bias.Length;
            kernel[n] = (float)(kernel[n] / inputs.Scale(row));
            bias[column] -= (float)(kernel[n] * inputs.Mean(row));
        }

        _inputs = null;
    }

    private FloatConv Conv(ConvLayer layer)
    {
        int[] shape = layer.Kernel.Shape.Dimensions.ToArray();
        int height = shape[0], width = shape[1], inputs = shape[2], outputs = shape[3], taps = height * width;
        float[] kernel = Reals(layer.Kernel);
        var ordered = new float[kernel.Length];
        for (var n = 0; n < kernel.Length; n++)
        {
            int o = n % outputs, i = n / outputs % inputs, tap = n / outputs / inputs;
            ordered[(((o * inputs) + i) * taps) + tap] = kernel[n];
        }

        int[] result = [outputs, _shape[1] - height + 1, _shape[2] - width + 1];
        return new FloatConv(layer.Name, result, [outputs, inputs, height, width], ordered, Reals(layer.Bias!), layer.Activation == ActivationKind.Relu);
    }

    // Rows of the dense kernel behind a flattening with channels first, as rows of ours (channels last).
    private static IEnumerable<int> FlattenedRows(int channels, int height, int width)
        => from c in Enumerable.Range(0, channels)
           from y in Enumerable.Range(0, height)
           from x in Enumerable.Range(0, width)
           select (((y * width) + x) * channels) + c;

    private static float[] Reals(IntegerTensor values) => values.Raw.Select((raw, n) => (float)FixedPointArithmetic.ToDouble(raw, values.Format[n])).ToArray();
}
