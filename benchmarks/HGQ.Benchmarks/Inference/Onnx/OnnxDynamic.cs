using System;
using HGQ.Benchmarks.Inference.Floats;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>
/// A network as an ONNX model in int8 with ranges found at run time: DynamicQuantizeLinear, MatMulInteger or ConvInteger, and the
/// result scaled back to float, as ONNX Runtime's own dynamic quantizer writes it.
/// </summary>
internal static class OnnxDynamic
{
    private const int ToFloat = 1;

    public static byte[] Write(FloatNetwork network) => OnnxChain.Write(network, Add);

    private static void Add(OnnxGraph graph, FloatLayer layer, string input)
    {
        switch (layer)
        {
            case FloatDense dense:
                AddProduct(graph, "MatMulInteger", layer.Name, input, [dense.Inputs, dense.Outputs], dense.Kernel, dense.Bias, dense.Relu);
                break;
            case FloatConv conv:
                AddProduct(graph, "ConvInteger", layer.Name, input, conv.KernelShape, conv.Kernel, conv.Bias, conv.Relu);
                break;
            default:
                throw new ArgumentException($"The layer {layer.Name} has no weights.", nameof(layer));
        }
    }

    private static void AddProduct(
        OnnxGraph graph, string operation, string name, string input, int[] shape, float[] kernel, float[] bias, bool relu)
    {
        QuantizedTensor.Of(kernel).Write(graph, name + "_w", shape);
        graph.Tensor(name + "_b", shape.Length == 4 ? [1, bias.Length, 1, 1] : [bias.Length], bias);
        graph.Node("DynamicQuantizeLinear", [input], [name + "_x", name + "_x_scale", name + "_x_zero"]);
        graph.Node(operation, [name + "_x", name + "_w", name + "_x_zero", name + "_w_zero"], name + "_integers");
        graph.Node("Cast", name + "_integers", name + "_reals", "to", ToFloat);
        graph.Node("Mul", [name + "_x_scale", name + "_w_scale"], name + "_scale");
        graph.Node("Mul", [name + "_reals", name + "_scale"], name + "_product");
        graph.Node("Add", [name + "_product", name + "_b"], relu ? name + "_sum" : name);
        if (relu)
        {
            graph.Node("Relu", [name + "_sum"], name);
        }
    }
}
