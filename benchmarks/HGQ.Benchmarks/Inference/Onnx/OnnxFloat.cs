using System;
using HGQ.Benchmarks.Inference.Floats;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>A network as bytes of an ONNX model in float32: Gemm, Conv, MaxPool, Relu. Input <c>x</c>.</summary>
internal static class OnnxFloat
{
    public static byte[] Write(FloatNetwork network) => OnnxChain.Write(network, Add);

    private static void Add(OnnxGraph graph, FloatLayer layer, string input)
    {
        string weights = layer.Name + "_w", bias = layer.Name + "_b";
        switch (layer)
        {
            case FloatDense dense:
                graph.Tensor(weights, [dense.Inputs, dense.Outputs], dense.Kernel).Tensor(bias, [dense.Outputs], dense.Bias);
                graph.Node("Gemm", [input, weights, bias], Sum(layer.Name, dense.Relu));
                Finish(graph, layer.Name, dense.Relu);
                break;
            case FloatConv conv:
                graph.Tensor(weights, conv.KernelShape, conv.Kernel).Tensor(bias, [conv.KernelShape[0]], conv.Bias);
                graph.Node("Conv", [input, weights, bias], Sum(layer.Name, conv.Relu), ("kernel_shape", [conv.KernelShape[2], conv.KernelShape[3]]));
                Finish(graph, layer.Name, conv.Relu);
                break;
            default:
                throw new ArgumentException($"The layer {layer.Name} has no weights.", nameof(layer));
        }
    }

    private static string Sum(string layer, bool relu) => relu ? layer + "_sum" : layer;

    private static void Finish(OnnxGraph graph, string layer, bool relu)
    {
        if (relu)
        {
            graph.Node("Relu", [Sum(layer, relu)], layer);
        }
    }
}
