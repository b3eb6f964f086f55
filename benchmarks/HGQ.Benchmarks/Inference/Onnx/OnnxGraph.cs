using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>An ONNX graph being written: nodes, constant tensors, one input and one output whose first dimension is the batch.</summary>
internal sealed class OnnxGraph
{
    private const int Float = 1;
    private const int Unsigned8 = 2;
    private const int Signed8 = 3;
    private const int Signed32 = 6;
    private const int Signed64 = 7;
    private const int OperatorSet = 13;
    private readonly ProtobufWriter _graph = new();

    public OnnxGraph Node(string operation, IEnumerable<string> inputs, string output, params (string Name, long[] Values)[] attributes)
        => Node(operation, inputs, [output], [.. attributes.Select(attribute => List(attribute.Name, attribute.Values))]);

    /// <summary>A node with an attribute that is one integer.</summary>
    public OnnxGraph Node(string operation, string input, string output, string attribute, long value)
        => Node(operation, [input], [output], [new ProtobufWriter().Text(1, attribute).Number(3, value).Number(20, 2)]);

    /// <summary>A node with several results.</summary>
    public OnnxGraph Node(string operation, IEnumerable<string> inputs, string[] outputs) => Node(operation, inputs, outputs, []);

    public OnnxGraph Tensor(string name, int[] shape, IEnumerable<float> values)
        => Tensor(name, Float, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    public OnnxGraph Tensor(string name, int[] shape, IEnumerable<int> values)
        => Tensor(name, Signed32, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    public OnnxGraph Tensor(string name, int[] shape, IEnumerable<long> values)
        => Tensor(name, Signed64, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    public OnnxGraph Tensor(string name, int[] shape, IEnumerable<sbyte> values)
        => Tensor(name, Signed8, shape, [.. values.Select(value => unchecked((byte)value))]);

    public OnnxGraph Tensor(string name, int[] shape, IEnumerable<byte> values) => Tensor(name, Unsigned8, shape, [.. values]);

    /// <summary>The whole model.</summary>
    /// <param name="input">Name of the input and its shape without the batch.</param>
    /// <param name="output">Name of the output and its shape without the batch.</param>
    public byte[] Model((string Name, int[] Shape) input, (string Name, int[] Shape) output)
    {
        _graph.Text(2, "graph").Message(11, Value(input.Name, input.Shape)).Message(12, Value(output.Name, output.Shape));
        return new ProtobufWriter().Number(1, 8).Message(7, _graph).Message(8, new ProtobufWriter().Number(2, OperatorSet)).ToArray();
    }

    private OnnxGraph Node(string operation, IEnumerable<string> inputs, string[] outputs, ProtobufWriter[] attributes)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0] + "_op").Text(4, operation);
        Array.ForEach(attributes, attribute => node.Message(5, attribute));
        _graph.Message(1, node);
        return this;
    }

    private OnnxGraph Tensor(string name, int type, int[] shape, byte[] bytes)
    {
        var tensor = new ProtobufWriter();
        foreach (int dimension in shape)
        {
            tensor.Number(1, dimension);
        }

        _graph.Message(5, tensor.Number(2, type).Text(8, name).Bytes(9, bytes));
        return this;
    }

    private static ProtobufWriter List(string name, long[] values)
    {
        var attribute = new ProtobufWriter().Text(1, name);
        foreach (long value in values)
        {
            attribute.Number(8, value);
        }

        return attribute.Number(20, 7);
    }

    private static ProtobufWriter Value(string name, int[] dimensions)
    {
        var shape = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "n"));
        foreach (int dimension in dimensions)
        {
            shape.Message(1, new ProtobufWriter().Number(1, dimension));
        }

        var tensor = new ProtobufWriter().Number(1, Float).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
