using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using Onnx;

namespace HGQ.Import.Tests;

/// <summary>A small ONNX model, node by node.</summary>
internal sealed class OnnxFiles
{
    private readonly GraphProto _graph = new() { Name = "small" };

    public OnnxFiles(params int[] shape)
    {
        var type = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto() };
        foreach (int size in shape.Prepend(1))
        {
            type.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        _graph.Input.Add(new ValueInfoProto { Name = "x", Type = new TypeProto { TensorType = type } });
    }

    /// <summary>A constant of floats.</summary>
    public OnnxFiles Floats(string name, int[] shape, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 1 };
        tensor.Dims.AddRange(shape.Select(static s => (long)s));
        tensor.FloatData.AddRange(values);
        _graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A constant of integers; the type as ONNX counts it.</summary>
    public OnnxFiles Integers(string name, int type, int[] shape, params int[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = type };
        tensor.Dims.AddRange(shape.Select(static s => (long)s));
        if (type == 7)
        {
            tensor.Int64Data.AddRange(values.Select(static v => (long)v));
        }
        else
        {
            tensor.Int32Data.AddRange(values);
        }

        _graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A node, <c>"Relu a -> b"</c>, with its attributes.</summary>
    public OnnxFiles Node(string text, params (string Name, object Value)[] attributes)
    {
        string[] words = text.Split(' ');
        int arrow = Array.IndexOf(words, "->");
        var node = new NodeProto { OpType = words[0], Name = "n_" + words[^1], Output = { words[^1] } };
        node.Input.AddRange(words[1..arrow]);
        foreach ((string name, object value) in attributes)
        {
            var attribute = new AttributeProto { Name = name };
            switch (value)
            {
                case int whole: (attribute.I, attribute.Type) = (whole, AttributeProto.Types.AttributeType.Int); break;
                case float real: (attribute.F, attribute.Type) = (real, AttributeProto.Types.AttributeType.Float); break;
                case string word:
                    (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(word), AttributeProto.Types.AttributeType.String);
                    break;
                case int[] list:
                    attribute.Ints.AddRange(list.Select(static i => (long)i));
                    attribute.Type = AttributeProto.Types.AttributeType.Ints;
                    break;
                default: throw new ArgumentException("no attribute", nameof(attributes));
            }

            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return this;
    }

    /// <summary>The file, with the result of the last node as its output.</summary>
    public byte[] Bytes()
    {
        _graph.Output.Clear();
        _graph.Output.Add(new ValueInfoProto { Name = _graph.Node[^1].Output[0] });
        return new ModelProto { IrVersion = 8, Graph = _graph }.ToByteArray();
    }

    /// <summary>Imports it and computes one sample.</summary>
    public Func<double[], double[]> Run(string? input = null)
    {
        using var files = new KerasFiles();
        Model.Interpretation.ReferenceInterpreter model = Imported.Run(files.Bytes("model.onnx", Bytes()), input);
        return x => model.Values(x);
    }

    public ImportException Refused(string? input = "s<3,4>")
    {
        using var files = new KerasFiles();
        IReadOnlyList<string> paths = [files.Bytes("model.onnx", Bytes())];
        return Assert.Throws<ImportException>(()
            => ModelImporter.Import(paths, new ImportOptions { Input = input is null ? null : InputFormat.Parse(input) }));
    }
}
