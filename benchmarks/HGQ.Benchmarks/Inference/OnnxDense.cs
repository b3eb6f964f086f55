using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Benchmarks.Inference;

/// <summary>A dense network as bytes of an ONNX model in float32: just enough of the protobuf format for Gemm and Relu.</summary>
internal static class OnnxDense
{
    private const int Float = 1;

    public static byte[] Write(ModelGraph graph)
    {
        var layers = graph.Layers.OfType<DenseLayer>().ToArray();
        var body = new MemoryStream();
        string last = "x";
        foreach (var layer in layers)
        {
            bool relu = layer.Activation == ActivationKind.Relu;
            string sum = layer.Name + (relu ? "_sum" : string.Empty);
            Field(body, 1, Node("Gemm", [last, layer.Name + "_w", layer.Name + "_b"], sum));
            if (relu)
            {
                Field(body, 1, Node("Relu", [sum], layer.Name));
            }

            last = layer.Name;
        }

        Field(body, 2, "dense");
        foreach (var layer in layers)
        {
            Field(body, 5, Tensor(layer.Name + "_w", layer.Kernel));
            Field(body, 5, Tensor(layer.Name + "_b", layer.Bias!));
        }

        Field(body, 11, Value("x", layers[0].Kernel.Shape[0]));
        Field(body, 12, Value(last, layers[^1].Kernel.Shape[1]));
        return Model(body.ToArray());
    }

    private static byte[] Model(byte[] graph)
    {
        var model = new MemoryStream();
        Number(model, 1, 8);
        Field(model, 7, graph);
        var opset = new MemoryStream();
        Number(opset, 2, 13);
        Field(model, 8, opset.ToArray());
        return model.ToArray();
    }

    private static byte[] Node(string operation, IEnumerable<string> inputs, string output)
    {
        var node = new MemoryStream();
        foreach (string input in inputs)
        {
            Field(node, 1, input);
        }

        Field(node, 2, output);
        Field(node, 3, output + "_op");
        Field(node, 4, operation);
        return node.ToArray();
    }

    private static byte[] Tensor(string name, IntegerTensor values)
    {
        var tensor = new MemoryStream();
        foreach (int dimension in values.Shape.Dimensions)
        {
            Number(tensor, 1, dimension);
        }

        Number(tensor, 2, Float);
        Field(tensor, 8, name);
        var reals = values.Raw.Select((raw, n) => (float)FixedPointArithmetic.ToDouble(raw, values.Format[n]));
        Field(tensor, 9, reals.SelectMany(BitConverter.GetBytes).ToArray());
        return tensor.ToArray();
    }

    private static byte[] Value(string name, int size)
    {
        MemoryStream batch = new(), fixedSize = new(), shape = new(), tensor = new(), type = new(), value = new();
        Field(batch, 2, "n");
        Number(fixedSize, 1, size);
        Field(shape, 1, batch.ToArray());
        Field(shape, 1, fixedSize.ToArray());
        Number(tensor, 1, Float);
        Field(tensor, 2, shape.ToArray());
        Field(type, 1, tensor.ToArray());
        Field(value, 1, name);
        Field(value, 2, type.ToArray());
        return value.ToArray();
    }

    private static void Field(MemoryStream stream, int field, string text) => Field(stream, field, Encoding.UTF8.GetBytes(text));

    private static void Field(MemoryStream stream, int field, byte[] bytes)
    {
        Varint(stream, (ulong)((field << 3) | 2));
        Varint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void Number(MemoryStream stream, int field, long value)
    {
        Varint(stream, (ulong)(field << 3));
        Varint(stream, (ulong)value);
    }

    private static void Varint(MemoryStream stream, ulong value)
    {
        for (; value >= 128; value >>= 7)
        {
            stream.WriteByte((byte)(value | 128));
        }

        stream.WriteByte((byte)value);
    }
}
