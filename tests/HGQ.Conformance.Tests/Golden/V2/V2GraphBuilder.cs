using System;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>Builds the graph of a recorded list of exact integer operations, one node after the other.</summary>
internal sealed class V2GraphBuilder
{
    private readonly GraphUnderConstruction _graph = new();
    private readonly JsonElement[] _nodes;
    private readonly string[] _outputs;

    public V2GraphBuilder(JsonElement model)
    {
        _nodes = [.. model.GetProperty("nodes").EnumerateArray()];
        _outputs = model.GetProperty("outputs").Texts();
    }

    /// <summary>The graph.</summary>
    public ModelGraph Build()
    {
        foreach (var node in _nodes)
        {
            Node(node, node.Text("name"), node.GetProperty("shape").Shape());
        }

        return _graph.Finish("v2", _outputs);
    }

    private void Node(JsonElement node, string name, TensorShape shape)
    {
        var inputs = node.GetProperty("inputs").Texts();
        var op = node.Text("op");
        switch (op)
        {
            case "input":
                _graph.Add(new InputLayer(name, shape), shape);
                break;
            case "quantize":
                Quantize(node, name, inputs[0], shape);
                break;
            case "einsum_dense":
                new EinsumDense(_graph, name, node).Add(inputs[0]);
                break;
            case "einsum":
                new EinsumProduct(_graph, name, node.Text("equation")).Add(inputs);
                break;
            case "conv":
                _graph.Add(Conv(node, name, inputs[0]), shape);
                break;
            case "scale_offset":
                _graph.Add(new ScaleOffsetLayer(name, inputs[0], Constants(node, "scale")!, Constants(node, "offset"), ActivationKind.Linear, null), shape);
                break;
            case "add" or "subtract":
                _graph.Add(new AddLayer(name, inputs, inputs.Select((_, n) => op == "subtract" && n > 0).ToArray(), null), shape);
                break;
            case "multiply":
                _graph.Add(new MultiplyLayer(name, inputs[0], inputs[1], null), shape);
                break;
            case "maximum" or "minimum":
                _graph.Add(new ExtremumLayer(name, inputs, op == "maximum" ? ReductionKind.Max : ReductionKind.Min, null), shape);
                break;
            case "relu":
                _graph.Add(new ReluLayer(name, inputs[0], 0, 0, null), shape);
                break;
            case "shift":
                _graph.Add(new ShiftLayer(name, inputs[0], node.Int("shift")), shape);
                break;
            case "sum" or "reduce_max":
                Reduce(node, name, inputs[0], op == "sum" ? ReductionKind.Sum : ReductionKind.Max, shape);
                break;
            case "table":
                Table(node, name, inputs[0], shape);
                break;
            default:
                Passive(node, name, op, inputs, shape);
                break;
        }
    }

    private void Passive(JsonElement node, string name, string op, string[] inputs, TensorShape shape)
    {
        switch (op)
        {
            case "pool" or "global_pool":
                Pool(node, name, inputs[0], shape);
                break;
            case "reshape":
                _graph.Add(new ReshapeLayer(name, inputs[0], shape), shape);
                break;
            case "permute":
                // A permutation of 0… or, as Keras counts axes, of 1….
                var dims = node.GetProperty("dims").Ints();
                _graph.Add(new PermuteLayer(name, inputs[0], dims.Select(axis => axis - dims.Min()).ToArray()), shape);
                break;
            case "concatenate":
                _graph.Add(new ConcatenateLayer(name, inputs, AxisWithoutBatch(node.Int("axis"), shape.Rank)), shape);
                break;
            default:
                throw new NotSupportedException($"the reader knows no operation {op} ({name})");
        }
    }

    // An average that is not exact in binary is fused with the quantizer that reads it.
    private void Quantize(JsonElement node, string name, string input, TensorShape shape)
    {
        var quantizer = new QuantizerSpec(
            GoldenFormats.Format(node, shape),
            Enum.Parse<RoundingMode>(node.Text("rounding")),
            Enum.Parse<OverflowMode>(node.Text("overflow")));
        if (!_graph.FuseAverage(name, input, quantizer))
        {
            _graph.Add(new QuantizeLayer(name, input, quantizer), shape);
        }
    }

    private static ConvLayer Conv(JsonElement node, string name, string input) => new(
        name,
        input,
        Constants(node, "kernel")!,
        Constants(node, "bias"),
        node.GetProperty("strides").Ints(),
        node.GetProperty("dilation").Ints(),
        Enum.Parse<PaddingKind>(node.Text("padding"), ignoreCase: true),
        node.Int("groups"),
        ActivationKind.Linear,
        null,
        1);

    private static IntegerTensor? Constants(JsonElement node, string member) =>
        node.Optional(member) is { } constants ? GoldenFormats.Constants(constants) : null;

    private void Reduce(JsonElement node, string name, string input, ReductionKind kind, TensorShape shape)
    {
        int rank = _graph.ShapeOf(input).Rank;
        var axes = node.GetProperty("axes").Ints().Select(axis => AxisWithoutBatch(axis, rank)).ToArray();
        _graph.Add(new ReduceLayer(name, input, kind, axes, node.GetProperty("keepdims").GetBoolean(), null), shape);
    }

    private void Table(JsonElement node, string name, string input, TensorShape shape)
    {
        var tables = node.GetProperty("tables").EnumerateArray().Select(Table).ToArray();
        var tableOf = node.GetProperty("table_of_element").Integers().BroadcastTo(shape).Select(table => (int)table).ToArray();
        _graph.Add(new TableLayer(name, input, tables, tableOf, null), shape);
    }

    private static LookupTable Table(JsonElement table)
    {
        var output = GoldenFormats.Format(table.GetProperty("output"));
        var entries = table.GetProperty("entries").EnumerateArray().Select(entry => output.ToStorage(entry.Integers().Data[0])).ToArray();
        return new LookupTable(GoldenFormats.Format(table.GetProperty("input")), output, entries);
    }

    private void Pool(JsonElement node, string name, string input, TensorShape shape)
    {
        var source = _graph.ShapeOf(input);
        var kind = Enum.Parse<PoolKind>(node.Text("kind"), ignoreCase: true);
        var global = node.Text("op") == "global_pool";
        var size = global ? [.. source.Dimensions.SkipLast(1)] : node.GetProperty("size").Ints();
        var strides = global ? size : node.GetProperty("strides").Ints();
        var padding = global ? PaddingKind.Valid : Enum.Parse<PaddingKind>(node.Text("padding"), ignoreCase: true);
        var windows = size.Select((window, axis) => WindowGeometry.OutputSize(source[axis], window, strides[axis], 1, padding));
        _graph.AddWithShape(name, TensorShape.Of([.. windows, source.Channels]), shape, own =>
            new PoolLayer(own, input, kind, size, strides, padding, null));
    }

    // Recorded axes count the batch as 0, negative ones from the end.
    private static int AxisWithoutBatch(int axis, int rank) => axis < 0 ? axis + rank : axis - 1;
}
