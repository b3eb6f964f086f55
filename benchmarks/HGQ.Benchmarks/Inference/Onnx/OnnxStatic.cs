using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Benchmarks.Inference.Floats;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>
/// A network as an ONNX model in int8, ranges measured beforehand: QuantizeLinear and DequantizeLinear around every operator as
/// ONNX Runtime's own quantizer writes them, which its optimizer turns into integer operators. Activations are unsigned, weights
/// signed, a bias has 32 bits; relu is the zero point 0 of the range that follows.
/// </summary>
internal sealed class OnnxStatic
{
    private readonly OnnxGraph _graph = new();
    private readonly Dictionary<string, (float Low, float High)> _ranges;
    private readonly string _final;
    private string _last = "x";
    private string _scaleOf = "";
    private float _scale;

    private OnnxStatic(Dictionary<string, (float Low, float High)> ranges, string final)
    {
        _ranges = ranges;
        _final = final;
    }

    /// <summary>Writes the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">Range of the input.</param>
    /// <param name="ranges">Ranges of the results of each layer.</param>
    public static byte[] Write(FloatNetwork network, (float Low, float High) input, Dictionary<string, (float Low, float High)> ranges)
    {
        var writer = new OnnxStatic(ranges, network.Layers[^1].Name);
        writer.Quantize("x", "input", input);
        foreach (var layer in network.Layers)
        {
            writer.Add(layer);
        }

        return writer._graph.Model(("x", network.InputShape), (writer._last, network.Layers[^1].Shape));
    }

    private void Add(FloatLayer layer)
    {
        string result = layer.Name + "_real";
        switch (layer)
        {
            case FloatDense dense:
                Constants(layer.Name, [dense.Inputs, dense.Outputs], dense.Kernel, dense.Bias);
                _graph.Node("Gemm", [_last, layer.Name + "_w", layer.Name + "_b"], result);
                Finish(layer.Name, result, dense.Relu);
                break;
            case FloatConv conv:
                Constants(layer.Name, conv.KernelShape, conv.Kernel, conv.Bias);
                _graph.Node("Conv", [_last, layer.Name + "_w", layer.Name + "_b"], result, ("kernel_shape", [conv.KernelShape[2], conv.KernelShape[3]]));
                Finish(layer.Name, result, conv.Relu);
                break;
            case FloatMaxPool pool:
                _graph.Node("MaxPool", [_last], result, ("kernel_shape", [pool.Height, pool.Width]), ("strides", [pool.Height, pool.Width]));
                Requantize(result, layer.Name);
                break;
            default:
                _graph.Tensor(layer.Name + "_w", [2], new[] { 0L, -1L });
                _graph.Node("Reshape", [_last, layer.Name + "_w"], result);
                Requantize(result, layer.Name);
                break;
        }
    }

    private void Constants(string layer, int[] shape, float[] kernel, float[] bias)
    {
        var weights = QuantizedTensor.Of(kernel);
        weights.Write(_graph, layer + "_wq", shape);
        _graph.Node("DequantizeLinear", [layer + "_wq", layer + "_wq_scale", layer + "_wq_zero"], layer + "_w");
        float scale = weights.Scale * _scale;
        _graph.Tensor(layer + "_bq", [bias.Length], bias.Select(value => (int)MathF.Round(value / scale)));
        _graph.Tensor(layer + "_bq_scale", [], new[] { scale }).Tensor(layer + "_bq_zero", [], new[] { 0 });
        _graph.Node("DequantizeLinear", [layer + "_bq", layer + "_bq_scale", layer + "_bq_zero"], layer + "_b");
    }

    // The result of the model stays real: one conversion less.
    private void Finish(string layer, string result, bool relu)
    {
        if (layer != _final)
        {
            var (low, high) = _ranges[layer];
            Quantize(result, layer, (relu ? 0 : low, high));
            return;
        }

        _last = relu ? layer : result;
        if (relu)
        {
            _graph.Node("Relu", [result], layer);
        }
    }

    private void Quantize(string real, string name, (float Low, float High) range)
    {
        float low = Math.Min(range.Low, 0), high = Math.Max(range.High, 0);
        _scale = (high - low) / 255;
        byte zero = (byte)MathF.Round(-low / _scale);
        _graph.Tensor(name + "_scale", [], new[] { _scale }).Tensor(name + "_zero", [], new[] { zero });
        _scaleOf = name;
        Requantize(real, name);
    }

    // The same scale as before: pooling and reshaping only move codes.
    private void Requantize(string real, string name)
    {
        _graph.Node("QuantizeLinear", [real, _scaleOf + "_scale", _scaleOf + "_zero"], name + "_code");
        _graph.Node("DequantizeLinear", [name + "_code", _scaleOf + "_scale", _scaleOf + "_zero"], name + "_quantized");
        _last = name + "_quantized";
    }
}
