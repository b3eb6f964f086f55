using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// A sequential network as bytes of an ONNX model in float32: Gemm, Conv, MaxPool, Relu. Input <c>x</c>; images are [n, channels,
/// height, width], which for one channel is the same memory.
/// </summary>
internal sealed class OnnxNetwork
{
    private readonly OnnxGraph _graph = new();
    private string _last = "x";
    private int[] _shape = [];

    // Channels, height, width in front of a flattening: it orders rows of the kernel behind it.
    private int[]? _flattened;

    public static byte[] Write(ModelGraph graph)
    {
        var network = new OnnxNetwork();
        int[] input = [];
        foreach (var layer in graph.Layers)
        {
            network.Add(layer);
            if (layer is InputLayer)
            {
                input = network._shape;
            }
        }

        return network._graph.Model(("x", input), (network._last, network._shape));
    }

    /// <summary>Rows of the dense kernel behind a flattening in ONNX's order (channels first) as rows of ours (channels last).</summary>
    public static IEnumerable<int> FlattenedRows(int channels, int height, int width)
        => from c in Enumerable.Range(0, channels)
           from y in Enumerable.Range(0, height)
           from x in Enumerable.Range(0, width)
           select (((y * width) + x) * channels) + c;

    private void Add(LayerNode layer)
    {
        switch (layer)
        {
            case InputLayer input:
                int[] shape = input.Shape.Dimensions.ToArray();
                _shape = shape.Length == 3 ? [shape[2], shape[0], shape[1]] : shape;
                break;
            case QuantizeLayer:
                break;
            case DenseLayer dense:
                AddDense(dense);
                break;
            case ConvLayer conv:
                AddConv(conv);
                break;
            case PoolLayer { Kind: PoolKind.Max } pool:
                _graph.Node("MaxPool", [_last], pool.Name, ("kernel_shape", Longs(pool.Size)), ("strides", Longs(pool.Strides)));
                _shape = [_shape[0], _shape[1] / pool.Strides[0], _shape[2] / pool.Strides[1]];
                _last = pool.Name;
                break;
            case ReshapeLayer flatten:
                _graph.Node("Flatten", [_last], flatten.Name);
                _flattened = _shape;
                _shape = [_shape.Aggregate(1, (product, n) => product * n)];
                _last = flatten.Name;
                break;
            default:
                throw new NotSupportedException($"Layer '{layer.Name}' is a {layer.GetType().Name}; the writer knows dense, conv, max pool and flatten.");
        }
    }

    private void AddDense(DenseLayer layer)
    {
        int inputs = layer.Kernel.Shape[0], outputs = layer.Kernel.Shape[1];
        float[] kernel = Reals(layer.Kernel);
        var rows = _flattened is null ? Enumerable.Range(0, inputs) : FlattenedRows(_flattened[0], _flattened[1], _flattened[2]);
        _graph.Tensor(layer.Name + "_w", [inputs, outputs], rows.SelectMany(row => kernel.Skip(row * outputs).Take(outputs)));
        _graph.Tensor(layer.Name + "_b", [outputs], Reals(layer.Bias!));
        string sum = SumName(layer.Name, layer.Activation);
        _graph.Node("Gemm", [_last, layer.Name + "_w", layer.Name + "_b"], sum);
        Finish(layer.Name, layer.Activation, sum, [outputs]);
        _flattened = null;
    }

    private void AddConv(ConvLayer layer)
    {
        int[] shape = layer.Kernel.Shape.Dimensions.ToArray();
        int height = shape[0], width = shape[1], inputs = shape[2], outputs = shape[3], taps = height * width;
        float[] kernel = Reals(layer.Kernel);
        var reordered = new float[kernel.Length];
        for (var n = 0; n < kernel.Length; n++)
        {
            int o = n % outputs, i = n / outputs % inputs, tap = n / outputs / inputs;
            reordered[(((o * inputs) + i) * taps) + tap] = kernel[n];
        }

        _graph.Tensor(layer.Name + "_w", [outputs, inputs, height, width], reordered);
        _graph.Tensor(layer.Name + "_b", [outputs], Reals(layer.Bias!));
        string sum = SumName(layer.Name, layer.Activation);
        _graph.Node("Conv", [_last, layer.Name + "_w", layer.Name + "_b"], sum, ("kernel_shape", [height, width]));
        Finish(layer.Name, layer.Activation, sum, [outputs, _shape[1] - height + 1, _shape[2] - width + 1]);
    }

    private void Finish(string name, ActivationKind activation, string sum, int[] shape)
    {
        if (activation == ActivationKind.Relu)
        {
            _graph.Node("Relu", [sum], name);
        }

        _last = name;
        _shape = shape;
    }

    private static string SumName(string layer, ActivationKind activation) => activation == ActivationKind.Relu ? layer + "_sum" : layer;

    private static float[] Reals(IntegerTensor values) => values.Raw.Select((raw, n) => (float)FixedPointArithmetic.ToDouble(raw, values.Format[n])).ToArray();

    private static long[] Longs(IEnumerable<int> values) => values.Select(value => (long)value).ToArray();
}
