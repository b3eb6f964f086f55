using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V1;

/// <summary>
/// Builds the graph of an exported model: constants and formats come from the record "export", the structure from "model".
/// A quantizer in front of a relu ("pre_relu") stays a step of its own, so that the overflow of both is that of the record.
/// </summary>
internal sealed class V1GraphBuilder
{
    private readonly List<LayerNode> _layers = [];
    private readonly Dictionary<string, TensorShape> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _averages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _readers = new(StringComparer.Ordinal);
    private readonly JsonElement _case;
    private readonly OverflowMode _overflow;

    public V1GraphBuilder(JsonElement item, OverflowMode overflow)
    {
        _case = item;
        _overflow = overflow;
    }

    /// <summary>The graph.</summary>
    public ModelGraph Build()
    {
        var model = _case.GetProperty("model");
        foreach (var port in model.GetProperty("inputs").EnumerateObject())
        {
            Add(new InputLayer(port.Name, port.Value.Shape()), port.Value.Shape());
        }

        foreach (var layer in model.GetProperty("layers").EnumerateArray())
        {
            Layer(layer);
        }

        var outputs = model.GetProperty("outputs").Texts().Select(name => new ModelOutput(name, name)).ToArray();
        return new ModelGraph("v1", _layers.ToArray(), outputs, ModelMetadata.Empty);
    }

    /// <summary>Name of the node that multiplies, which is not the layer's own where a relu follows apart.</summary>
    public string ProductOf(string layer) => _shapes.ContainsKey(layer + ".product") ? layer + ".product" : layer;

    /// <summary>Whether a layer reads an average directly or through other passive layers.</summary>
    public bool ReadsAnAverage(string layer) => _readers.Contains(layer);

    private void Add(LayerNode layer, TensorShape shape)
    {
        _layers.Add(layer);
        _shapes.Add(layer.Name, shape);
    }

    private void Layer(JsonElement layer)
    {
        var name = layer.Text("name");
        var type = layer.Text("type");
        var inputs = layer.GetProperty("inputs").Texts();
        Follow(name, type, inputs);
        switch (type)
        {
            case "HQuantize" or "Signature":
                Add(new QuantizeLayer(name, inputs[0], Quantizer(name, _shapes[inputs[0]])), _shapes[inputs[0]]);
                break;
            case "HDense" or "HDenseBatchNorm":
                Dense(layer, name, inputs[0]);
                break;
            case "HConv1D" or "HConv2D" or "HConv1DBatchNorm" or "HConv2DBatchNorm":
                Conv(layer, name, inputs[0]);
                break;
            case "HActivation":
                Activation(layer, name, inputs[0]);
                break;
            case "HAdd":
                Add(new AddLayer(name, inputs, new bool[inputs.Length], Quantizer(name, _shapes[inputs[0]])), _shapes[inputs[0]]);
                break;
            default:
                Passive(layer, name, type, inputs);
                break;
        }
    }

    private void Follow(string name, string type, string[] inputs)
    {
        if (type.Contains("AvgPool", StringComparison.Ordinal) || (type.StartsWith('P') && inputs.Any(_averages.Contains)))
        {
            _averages.Add(name);
        }
        else if (inputs.Any(_averages.Contains))
        {
            _readers.Add(name);
        }
    }

    private void Dense(JsonElement layer, string name, string input)
    {
        var (kernel, bias) = Constants(name);
        var shape = TensorShape.Of([.. _shapes[input].Dimensions.SkipLast(1), kernel.Shape[1]]);
        Product(layer, name, shape, (node, quantizer) => new DenseLayer(node, input, kernel, bias, ActivationKind.Linear, quantizer));
    }

    private void Conv(JsonElement layer, string name, string input)
    {
        var (kernel, bias) = Constants(name);
        var strides = layer.GetProperty("strides").Ints();
        var dilations = layer.GetProperty("dilation_rate").Ints();
        var padding = Enum.Parse<PaddingKind>(layer.Text("padding"), ignoreCase: true);
        var windows = strides.Select((stride, axis) =>
            WindowGeometry.OutputSize(_shapes[input][axis], kernel.Shape[axis], stride, dilations[axis], padding));
        var shape = TensorShape.Of([.. windows, kernel.Shape[kernel.Shape.Rank - 1]]);
        Product(layer, name, shape, (node, quantizer) => new ConvLayer(
            node, input, kernel, bias, strides, dilations, padding, layer.Int("groups"), ActivationKind.Linear, quantizer, layer.Int("parallel_factor")));
    }

    private void Product(JsonElement layer, string name, TensorShape shape, Func<string, QuantizerSpec?, LayerNode> product)
    {
        var relu = layer.Text("activation") == "relu";
        if (!relu)
        {
            Add(product(name, Quantizer(name, shape)), shape);
            return;
        }

        var before = Export(name).Optional("pre_relu");
        Add(product(name + ".product", before is null ? null : Quantizer(before.Value, shape)), shape);
        Add(new ReluLayer(name, name + ".product", 0, 0, Quantizer(name, shape)), shape);
    }

    private (IntegerTensor Kernel, IntegerTensor? Bias) Constants(string name)
    {
        var bias = Export(name).Optional("bias");
        return (GoldenFormats.ConstantsAt(Export(name).GetProperty("kernel")), bias is null ? null : GoldenFormats.ConstantsAt(bias.Value));
    }

    private void Activation(JsonElement layer, string name, string input)
    {
        var shape = _shapes[input];
        if (Export(name).Optional("table") is not { } table)
        {
            Add(
                layer.Text("activation") == "relu"
                    ? new ReluLayer(name, input, 0, 0, Quantizer(name, shape))
                    : new QuantizeLayer(name, input, Quantizer(name, shape)),
                shape);
            return;
        }

        // The index is the input's code under the table's own fraction bits, modulo the table's size.
        var index = new FixedPointFormat(table.Int("k_in") != 0, table.Int("i_in"), table.Int("f_in"));
        Add(new QuantizeLayer(name + ".index", input, new(TensorFormat.Uniform(shape, index), RoundingMode.Truncate, OverflowMode.Wrap)), shape);
        var entries = table.GetProperty("raw").Integers().Data;
        var interval = new RawInterval(entries.Min(), entries.Max());
        var output = FixedPointFormat.ForInterval(interval, table.Int("f"));
        var lookup = new LookupTable(index, output, entries.Select(output.ToStorage).ToArray());
        Add(new TableLayer(name, name + ".index", new[] { lookup }, new[] { 0 }, Quantizer(name, shape)), shape);
    }

    private void Passive(JsonElement layer, string name, string type, string[] inputs)
    {
        var input = _shapes[inputs[0]];
        switch (type)
        {
            case "PFlatten":
                Add(new ReshapeLayer(name, inputs[0], TensorShape.Of(input.Size)), TensorShape.Of(input.Size));
                break;
            case "PDropout":
                Add(new ReshapeLayer(name, inputs[0], input), input);
                break;
            case "PReshape":
                Reshape(name, inputs[0], layer.GetProperty("target_shape").Ints());
                break;
            case "PPermute":
                var axes = layer.GetProperty("dims").Ints().Select(axis => axis - 1).ToArray();
                Add(new PermuteLayer(name, inputs[0], axes), new TensorShape(axes.Select(axis => input[axis]).ToArray()));
                break;
            case "PConcatenate":
                Concatenate(layer, name, inputs);
                break;
            case "PMaxPool1D" or "PMaxPool2D" or "PAvgPool1D" or "PAvgPool2D":
                Pool(layer, name, inputs[0], type.StartsWith("PMax", StringComparison.Ordinal) ? PoolKind.Max : PoolKind.Average);
                break;
            default:
                throw new NotSupportedException($"the reader knows no layer of the type {type} ({name})");
        }
    }

    private void Reshape(string name, string input, int[] sizes)
    {
        var known = sizes.Where(size => size > 0).Aggregate(1, (product, size) => product * size);
        var shape = new TensorShape(sizes.Select(size => size > 0 ? size : _shapes[input].Size / known).ToArray());
        Add(new ReshapeLayer(name, input, shape), shape);
    }

    private void Concatenate(JsonElement layer, string name, string[] inputs)
    {
        var first = _shapes[inputs[0]];
        var axis = layer.Int("axis") < 0 ? first.Rank + layer.Int("axis") : layer.Int("axis") - 1;
        var sizes = first.Dimensions.ToArray();
        sizes[axis] = inputs.Sum(input => _shapes[input][axis]);
        Add(new ConcatenateLayer(name, inputs, axis), new TensorShape(sizes));
    }

    private void Pool(JsonElement layer, string name, string input, PoolKind kind)
    {
        var size = layer.GetProperty("pool_size").Ints();
        var strides = layer.Optional("strides")?.Ints() ?? size;
        var padding = Enum.Parse<PaddingKind>(layer.Text("padding"), ignoreCase: true);
        var windows = size.Select((window, axis) => WindowGeometry.OutputSize(_shapes[input][axis], window, strides[axis], 1, padding));
        var shape = TensorShape.Of([.. windows, _shapes[input].Channels]);
        Add(new PoolLayer(name, input, kind, size, strides, padding, null), shape);
    }

    private JsonElement Export(string name) => _case.GetProperty("export").GetProperty(name);

    private QuantizerSpec Quantizer(string name, TensorShape shape) => Quantizer(Export(name).GetProperty("format"), shape);

    private QuantizerSpec Quantizer(JsonElement format, TensorShape shape) => new(
        GoldenFormats.Format(format, shape),
        format.Text("rnd") == "RND" ? RoundingMode.RoundHalfUp : RoundingMode.Truncate,
        _overflow);
}
