using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace HGQ.Import.Emission.Nodes;

/// <summary>A graph of ONNX under construction: nodes and constants with unique names.</summary>
internal sealed class OnnxGraph
{
    private const string Batch = "N";

    private readonly GraphProto _graph;
    private readonly HashSet<string> _names;
    private readonly SortedDictionary<string, FunctionProto> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    public OnnxGraph(string name, string[] inputs, string[] outputs)
    {
        _graph = new GraphProto { Name = name };
        _names = [.. inputs, .. outputs];
        Inputs = inputs;
    }

    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Layer that nodes belong to, for their names and for messages.</summary>
    public string Layer { get; set; } = "";

    public void Input(string name, IReadOnlyList<int> shape) => _graph.Input.Add(Info(name, shape));

    /// <summary>Gives a value the name of an output, with the shape of one sample.</summary>
    public void Output(string name, string value, IReadOnlyList<int> shape)
    {
        // Values of ONNX are one name space: an output may not be called like an input.
        string free = Inputs.Contains(name, StringComparer.Ordinal) ? Unique(name + "_result") : name;
        var node = new NodeProto { OpType = "Reshape", Name = Unique(free + "/Reshape"), Output = { free } };
        node.Input.Add([value, Integers([0, .. shape.Select(static size => (long)size)], [shape.Count + 1])]);
        _graph.Node.Add(node);
        _graph.Output.Add(Info(free, shape));
    }

    public ModelProto ToModel(string producer, int formatVersion, int operatorSet)
    {
        var model = new ModelProto
        {
            IrVersion = formatVersion,
            ProducerName = producer,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = operatorSet } },
            Graph = _graph,
        };
        model.Functions.AddRange(_functions.Values);
        model.OpsetImport.AddRange(_functions.Values.Select(static f => f.Domain).Distinct(StringComparer.Ordinal)
            .Select(static domain => new OperatorSetIdProto { Domain = domain, Version = 1 }));
        return model;
    }

    /// <summary>A node whose meaning stands in the file as a function of standard operators.</summary>
    public string Call(FunctionProto function, string[] inputs, params AttributeProto[] attributes)
    {
        _functions.TryAdd(function.Name, function);
        string output = Unique($"{Layer}/{function.Name}");
        var node = new NodeProto { OpType = function.Name, Domain = function.Domain, Name = output, Output = { output } };
        node.Input.Add(inputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    public string Node(string type, params string[] inputs) => NodeWith(type, inputs);

    /// <summary>max(x, slope · x).</summary>
    public string LeakyRelu(string x, float slope)
    {
        string output = Node("LeakyRelu", x);
        _graph.Node[^1].Attribute.Add(new AttributeProto
        {
            Name = "alpha",
            Type = AttributeProto.Types.AttributeType.Float,
            F = slope,
        });
        return output;
    }

    /// <summary>A node with attributes that are integers, or lists of them.</summary>
    public string NodeWith(string type, string[] inputs, params (string Name, long[] Values, bool IsList)[] attributes)
    {
        string output = Unique($"{Layer}/{type}");
        var node = new NodeProto { OpType = type, Name = output, Output = { output } };
        node.Input.Add(inputs);
        foreach ((string name, long[] values, bool isList) in attributes)
        {
            var attribute = new AttributeProto
            {
                Name = name,
                Type = isList ? AttributeProto.Types.AttributeType.Ints : AttributeProto.Types.AttributeType.Int,
            };
            if (isList)
            {
                attribute.Ints.AddRange(values);
            }
            else
            {
                attribute.I = values[0];
            }

            node.Attribute.Add(attribute);
        }

        _graph.Node.Add(node);
        return output;
    }

    /// <summary>A constant by element; one number where all are equal.</summary>
    /// <exception cref="OnnxExportException">A number is none of float32.</exception>
    public string Floats(double[] values)
        => values.All(value => value.Equals(values[0])) ? Floats([values[0]], []) : Floats(values, [values.Length]);

    /// <summary>A constant of a shape.</summary>
    /// <exception cref="OnnxExportException">A number is none of float32.</exception>
    public string Floats(double[] values, int[] shape)
    {
        foreach (double value in values)
        {
            RequireFloat(value);
        }

        float[] singles = [.. values.Select(static value => (float)value)];
        return Constant(TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(singles.AsSpan()), shape);
    }

    public string Doubles(double[] values, int[]? shape = null)
        => Constant(TensorProto.Types.DataType.Double, MemoryMarshal.AsBytes(values.AsSpan()), shape ?? [values.Length]);

    public string Integers(long[] values, int[] shape)
        => Constant(TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), shape);

    public string Flags(bool[] values)
        => Constant(TensorProto.Types.DataType.Bool, MemoryMarshal.AsBytes(values.AsSpan()), [values.Length]);

    /// <summary>An integer as a float.</summary>
    /// <exception cref="OnnxExportException">Float32 does not hold it.</exception>
    public double Number(BigInteger value) => (BigInteger)(float)value == value ? (double)value : throw Inexact(value);

    private void RequireFloat(double value)
    {
        if (!((double)(float)value).Equals(value))
        {
            throw Inexact(value);
        }
    }

    private OnnxExportException Inexact(IFormattable value) => new(
        Layer, $"it needs the constant {value.ToString("R", CultureInfo.InvariantCulture)}, which float32 does not hold exactly; use fewer "
            + "bits (24 are the most), or another back end (hgq emit csharp, hls, verilog)");

    // Equal constants are stored once: powers of two and shapes come again and again.
    private string Constant(TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, int[] shape)
    {
        var tensor = new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape.Select(static size => (long)size));
        string key = Convert.ToBase64String(tensor.ToByteArray());
        if (_constants.TryGetValue(key, out string? known))
        {
            return known;
        }

        tensor.Name = Unique($"{Layer}/Constant");
        _graph.Initializer.Add(tensor);
        return _constants[key] = tensor.Name;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (var n = 2; !_names.Add(unique); n++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
        }

        return unique;
    }

    private static ValueInfoProto Info(string name, IReadOnlyList<int> shape)
    {
        var sizes = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch } } };
        sizes.Dim.AddRange(shape.Select(static size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = sizes };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }
}
