using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Emission.Nodes;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using Onnx;

namespace HGQ.Import.Emission.Qonnx;

/// <summary>Each layer as nodes on reals, the axes of a sample behind the batch. Answers the name of the tensor.</summary>
internal sealed class QonnxWriter : ILayerVisitor<string>
{
    private readonly OnnxGraph _graph;
    private readonly QuantizerWriter _quantizers;
    private readonly IReadOnlyDictionary<string, TensorShape> _shapes;
    private readonly Dictionary<string, Standardization> _preprocessing;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ports = new(StringComparer.Ordinal);

    public QonnxWriter(ModelGraph model, IntegerProgram program, OnnxGraph graph)
    {
        (_graph, _quantizers, _shapes) = (graph, new QuantizerWriter(graph, program), ShapeInference.Infer(model));
        _preprocessing = model.Metadata.Preprocessing.ToDictionary(static entry => entry.Input, StringComparer.Ordinal);
    }

    /// <summary>The tensor of a layer that was written.</summary>
    public string ValueOf(string layer) => _values[layer];

    public void Write(LayerNode layer)
    {
        _graph.Layer = layer.Name;
        _values[layer.Name] = layer.Accept(this);
    }

    public string VisitInput(InputLayer layer)
    {
        _ports.Add(layer.Name);
        if (!_preprocessing.TryGetValue(layer.Name, out Standardization? entry))
        {
            return layer.Name;
        }

        int[] shape = [1, .. layer.Shape.Dimensions];
        var floats = new FloatArithmetic(_graph);
        string centred = _graph.Node("Sub", floats.Cast(layer.Name, TensorProto.Types.DataType.Double),
            _graph.Doubles(QonnxConstants.Parse(entry.Mean), shape));
        return floats.Cast(_graph.Node("Div", centred, _graph.Doubles(QonnxConstants.Parse(entry.Scale), shape)),
            TensorProto.Types.DataType.Float);
    }

    public string VisitQuantize(QuantizeLayer layer)
        => _quantizers.Write(_values[layer.Input], layer.Quantizer, layer.Name, _ports.Contains(layer.Input));

    public string VisitDense(DenseLayer layer)
    {
        double[] kernel = QonnxConstants.Values(_graph, layer.Kernel);
        string sum = _graph.Node("MatMul", _values[layer.Input],
            _quantizers.Constant(layer.Kernel, kernel, [.. layer.Kernel.Shape.Dimensions]));
        sum = layer.Bias is null ? sum : _graph.Node("Add", sum, Constant(layer.Bias));
        return Finished(sum, layer.Activation, layer.Quantizer, layer);
    }

    public string VisitConv(ConvLayer layer)
    {
        int[] kernel = [.. layer.Kernel.Shape.Dimensions];
        int axes = kernel.Length - 2;
        double[] first = QonnxConstants.ChannelsFirst(QonnxConstants.Values(_graph, layer.Kernel), kernel);
        string weights = _quantizers.Constant(layer.Kernel, first, [kernel[^1], kernel[^2], .. kernel[..axes]]);
        string[] bias = layer.Bias is null ? [] : [Constant(layer.Bias)];
        string[] inputs = [First(_values[layer.Input], axes), weights, .. bias];
        string sum = _graph.NodeWith("Conv", inputs, ("kernel_shape", Longs(kernel[..axes]), true),
            ("strides", Longs([.. layer.Strides]), true), ("dilations", Longs([.. layer.Dilations]), true),
            ("pads", Pads(layer.Input, kernel[..axes], [.. layer.Strides], [.. layer.Dilations], layer.Padding), true),
            ("group", [layer.Groups], false));
        return Finished(Last(sum, axes), layer.Activation, layer.Quantizer, layer);
    }

    public string VisitScaleOffset(ScaleOffsetLayer layer)
    {
        string scaled = _graph.Node("Mul", _values[layer.Input], Constant(layer.Scale));
        string moved = layer.Offset is null ? scaled : _graph.Node("Add", scaled, Constant(layer.Offset));
        return Finished(moved, layer.Activation, layer.Quantizer, layer);
    }

    public string VisitRelu(ReluLayer layer)
    {
        double slope = Math.ScaleB(layer.SlopeRaw, -layer.SlopeFractionBits);
        string x = _values[layer.Input];
        return Finished(slope == 0 ? _graph.Node("Relu", x) : _graph.LeakyRelu(x, QonnxConstants.Single(_graph, slope)),
            ActivationKind.Linear, layer.Quantizer, layer);
    }

    public string VisitClamp(ClampLayer layer)
    {
        string Limit(long raw) => _graph.Floats([Math.ScaleB(raw, -layer.LimitFractionBits)], []);
        return Finished(_graph.Node("Clip", _values[layer.Input], Limit(layer.LowRaw), Limit(layer.HighRaw)), ActivationKind.Linear,
            layer.Quantizer, layer);
    }

    public string VisitTable(TableLayer layer) => throw QonnxConstants.Refuse(layer, "tables have no operator in QONNX");

    public string VisitAdd(AddLayer layer)
    {
        string sum = Operand(layer.Operands[0], layer);
        sum = layer.Negate[0] ? _graph.Node("Neg", sum) : sum;
        for (var n = 1; n < layer.Operands.Length; n++)
        {
            sum = _graph.Node(layer.Negate[n] ? "Sub" : "Add", sum, Operand(layer.Operands[n], layer));
        }

        return Finished(sum, ActivationKind.Linear, layer.Quantizer, layer);
    }

    public string VisitMultiply(MultiplyLayer layer)
        => Finished(_graph.Node("Mul", Operand(layer.Left, layer), Operand(layer.Right, layer)), ActivationKind.Linear, layer.Quantizer,
            layer);

    public string VisitMatMul(MatMulLayer layer)
    {
        string right = _values[layer.Right];
        int rank = _shapes[layer.Right].Rank;
        long[] swapped = [.. Enumerable.Range(0, rank - 1).Select(static axis => (long)axis), rank, rank - 1];
        right = layer.TransposeRight ? _graph.NodeWith("Transpose", [right], ("perm", swapped, true)) : right;
        return Finished(_graph.Node("MatMul", _values[layer.Left], right), ActivationKind.Linear, layer.Quantizer, layer);
    }

    public string VisitExtremum(ExtremumLayer layer)
        => Finished(_graph.Node(layer.Kind == ReductionKind.Max ? "Max" : "Min", [.. layer.Operands.Select(name => Operand(name, layer))]),
            ActivationKind.Linear, layer.Quantizer, layer);

    public string VisitPool(PoolLayer layer)
    {
        if (layer.Kind != PoolKind.Max)
        {
            throw QonnxConstants.Refuse(layer, "means over windows are not written");
        }

        int axes = layer.Size.Length;
        int[] ones = [.. layer.Size.Select(static _ => 1)];
        string pooled = _graph.NodeWith("MaxPool", [First(_values[layer.Input], axes)], ("kernel_shape", Longs([.. layer.Size]), true),
            ("strides", Longs([.. layer.Strides]), true),
            ("pads", Pads(layer.Input, [.. layer.Size], [.. layer.Strides], ones, layer.Padding), true));
        return Finished(Last(pooled, axes), ActivationKind.Linear, layer.Quantizer, layer);
    }

    public string VisitReduce(ReduceLayer layer)
    {
        long[] axes = [.. layer.Axes.Select(static axis => axis + 1L)];
        string type = layer.Kind == ReductionKind.Sum ? "ReduceSum" : layer.Kind == ReductionKind.Max ? "ReduceMax" : "ReduceMin";
        (string, long[], bool) keeps = ("keepdims", [layer.KeepDimensions ? 1 : 0], false);
        string x = _values[layer.Input];
        string reduced = layer.Kind == ReductionKind.Sum
            ? _graph.NodeWith(type, [x, _graph.Integers(axes, [axes.Length])], keeps)
            : _graph.NodeWith(type, [x], ("axes", axes, true), keeps);
        return Finished(reduced, ActivationKind.Linear, layer.Quantizer, layer);
    }

    public string VisitShift(ShiftLayer layer)
        => _graph.Node("Mul", _values[layer.Input], _graph.Floats([Math.ScaleB(1, layer.Shift)], []));

    public string VisitReshape(ReshapeLayer layer) => _graph.Node("Reshape", Real(layer, layer.Input),
        _graph.Integers([0, .. layer.Shape.Dimensions.Select(static size => (long)size)], [layer.Shape.Rank + 1]));

    public string VisitPermute(PermuteLayer layer) => _graph.NodeWith("Transpose", [Real(layer, layer.Input)],
        ("perm", [0, .. layer.Axes.Select(static axis => axis + 1L)], true));

    public string VisitConcatenate(ConcatenateLayer layer)
        => _graph.NodeWith("Concat", [.. layer.Operands.Select(name => _values[name])], ("axis", [layer.Axis + 1L], false));

    public string VisitSlice(SliceLayer layer) => throw QonnxConstants.Refuse(layer, "slices are not written");

    private string Finished(string x, ActivationKind activation, QuantizerSpec? quantizer, LayerNode layer)
    {
        x = activation == ActivationKind.Relu ? _graph.Node("Relu", x) : x;
        return quantizer is null ? x : _quantizers.Write(x, quantizer, layer.Name, isPort: false);
    }

    // A port that is moved in front of its quantizer keeps what it is.
    private string Real(LayerNode layer, string input)
    {
        if (_ports.Contains(input))
        {
            _ports.Add(layer.Name);
        }

        return _values[input];
    }

    // Tensors are broadcast from their last axes, and the batch stands in front.
    private string Operand(string name, LayerNode reader)
    {
        int[] shape = [.. _shapes[name].Dimensions];
        int missing = _shapes[reader.Name].Rank - shape.Length;
        return missing == 0 ? _values[name] : _graph.Node("Reshape", _values[name], _graph.Integers(
            [0, .. Enumerable.Repeat(1L, missing), .. shape.Select(static size => (long)size)], [shape.Length + missing + 1]));
    }

    private string Constant(IntegerTensor tensor)
        => _quantizers.Constant(tensor, QonnxConstants.Values(_graph, tensor), [.. tensor.Shape.Dimensions]);

    private string First(string x, int axes)
        => _graph.NodeWith("Transpose", [x], ("perm", [0, axes + 1, .. Enumerable.Range(1, axes).Select(static axis => (long)axis)], true));

    private string Last(string x, int axes)
        => _graph.NodeWith("Transpose", [x], ("perm", [0, .. Enumerable.Range(2, axes).Select(static axis => (long)axis), 1], true));

    private long[] Pads(string input, int[] window, int[] strides, int[] dilations, PaddingKind padding)
    {
        TensorShape shape = _shapes[input];
        int[] all = [.. Enumerable.Range(0, window.Length)];
        return
        [
            .. all.Select(a => (long)WindowGeometry.PaddingBefore(shape[a], window[a], strides[a], dilations[a], padding)),
            .. all.Select(a => (long)WindowGeometry.PaddingAfter(shape[a], window[a], strides[a], dilations[a], padding)),
        ];
    }

    private static long[] Longs(int[] values) => [.. values.Select(static value => (long)value)];
}
