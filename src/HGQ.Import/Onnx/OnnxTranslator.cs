using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Model.Graph;
using Onnx;

namespace HGQ.Import.Onnx;

/// <summary>Translates the nodes of an ONNX graph one by one.</summary>
internal sealed class OnnxTranslator
{
    private static readonly Dictionary<string, Func<OnnxTask, OnnxValue>> Operators = new(StringComparer.Ordinal)
    {
        ["Quant"] = OnnxQuantizers.Quant,
        ["IntQuant"] = OnnxQuantizers.Quant,
        ["BipolarQuant"] = OnnxQuantizers.Bipolar,
        ["Trunc"] = OnnxQuantizers.Trunc,
        ["MultiThreshold"] = OnnxQuantizers.MultiThreshold,
        ["QuantizeLinear"] = OnnxQuantizers.QuantizeLinear,
        ["DequantizeLinear"] = OnnxQuantizers.DequantizeLinear,
        ["MatMul"] = OnnxProducts.MatMul,
        ["Gemm"] = OnnxProducts.Gemm,
        ["Conv"] = OnnxProducts.Convolution,
        ["BatchNormalization"] = OnnxProducts.BatchNormalization,
        ["Relu"] = OnnxProducts.Relu,
        ["LeakyRelu"] = OnnxProducts.LeakyRelu,
        ["Clip"] = OnnxProducts.Clip,
        ["Softmax"] = OnnxProducts.Ending,
        ["LogSoftmax"] = OnnxProducts.Ending,
        ["Sigmoid"] = OnnxProducts.Ending,
        ["Tanh"] = OnnxProducts.Function,
        ["Elu"] = OnnxProducts.Function,
        ["Softplus"] = OnnxProducts.Function,
        ["Softsign"] = OnnxProducts.Function,
        ["MaxPool"] = OnnxWindows.MaxPool,
        ["MaxPoolNHWC"] = OnnxWindows.MaxPool,
        ["AveragePool"] = OnnxWindows.AveragePool,
        ["GlobalAveragePool"] = OnnxWindows.GlobalPool,
        ["GlobalMaxPool"] = OnnxWindows.GlobalPool,
        ["ReduceMean"] = OnnxWindows.Reduce,
        ["ReduceSum"] = OnnxWindows.Reduce,
        ["ReduceMax"] = OnnxWindows.Reduce,
        ["ReduceMin"] = OnnxWindows.Reduce,
        ["Pad"] = OnnxWindows.Pad,
        ["Add"] = OnnxArithmetic.Add,
        ["Sub"] = OnnxArithmetic.Subtract,
        ["Mul"] = OnnxArithmetic.Multiply,
        ["Div"] = OnnxArithmetic.Divide,
        ["Neg"] = OnnxArithmetic.Negate,
        ["Pow"] = OnnxArithmetic.Power,
        ["Sqrt"] = OnnxArithmetic.Root,
        ["Reciprocal"] = OnnxArithmetic.Reciprocal,
        ["Max"] = OnnxArithmetic.Extremum,
        ["Min"] = OnnxArithmetic.Extremum,
        ["Flatten"] = OnnxShapes.Flatten,
        ["Reshape"] = OnnxShapes.Reshape,
        ["Transpose"] = OnnxShapes.Transpose,
        ["Squeeze"] = OnnxShapes.Squeeze,
        ["Unsqueeze"] = OnnxShapes.Squeeze,
        ["Concat"] = OnnxShapes.Concat,
        ["Shape"] = OnnxShapes.Shape,
        ["Gather"] = OnnxShapes.Gather,
        ["Slice"] = OnnxShapes.Slice,
        ["Identity"] = OnnxShapes.Same,
        ["Dropout"] = OnnxShapes.Same,
        ["Cast"] = OnnxShapes.Same,
        ["Constant"] = OnnxShapes.Constant,
    };

    private readonly ModelProto _model;
    private readonly GraphDraft _draft;
    private readonly InputQuantizers _inputs;
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);

    public OnnxTranslator(ModelProto model, GraphDraft draft, InputQuantizers inputs) => (_model, _draft, _inputs) = (model, draft, inputs);

    /// <summary>System that wrote the model, for messages.</summary>
    public static string KindOf(ModelProto model)
    {
        bool qonnx = model.Graph.Node.Any(static node => node.Domain == OwnQuantizers.Domain
            || node.OpType is "Quant" or "IntQuant" or "BipolarQuant" or "Trunc" or "MultiThreshold");
        return qonnx ? "QONNX" : model.Graph.Node.Any(static node => node.OpType is "QuantizeLinear") ? "ONNX QDQ" : "ONNX";
    }

    public IReadOnlyList<(string Name, TensorValue Value)> Translate()
    {
        GraphProto graph = _model.Graph;
        foreach (TensorProto tensor in graph.Initializer)
        {
            _values[tensor.Name] = OnnxTask.Of(OnnxFile.Tensor(tensor));
        }

        foreach (ValueInfoProto input in graph.Input.Where(input => !_values.ContainsKey(input.Name)))
        {
            _values[input.Name] = OnnxTask.Of(Input(input));
        }

        var read = graph.Node.SelectMany(static node => node.Input).ToHashSet(StringComparer.Ordinal);
        var outputs = graph.Output.Select(static output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            Translate(node, last: node.Output.Any(outputs.Contains) && !node.Output.Any(read.Contains));
        }

        return [.. graph.Output.Select(output => (output.Name, Output(output.Name)))];
    }

    private void Translate(NodeProto node, bool last)
    {
        if (node.Output.Count == 0)
        {
            throw new ImportException(node.Name, $"{node.OpType}: it has no output");
        }

        OnnxValue?[] inputs =
            [.. node.Input.Select(
            name => name.Length == 0 ? (OnnxValue?)null : _values.TryGetValue(name, out OnnxValue value) ? value
            : throw new ImportException(
            node.Output[0], $"{node.OpType}: it reads '{name}', which no node in front of it computes"))];
        var task = new OnnxTask(_draft, node, inputs, last);
        Func<OnnxTask, OnnxValue> function = node.Domain == OwnQuantizers.Domain
            ? OnnxElementQuantizers.Own
            : Operators.GetValueOrDefault(node.OpType)
            ?? throw task.Refuse("this operator is not supported; replace it by supported ones, or cut the model in front of it");
        _values[node.Output[0]] = function(task);
    }

    private TensorValue Output(string name)
        => _values.TryGetValue(name, out OnnxValue value) && value.Tensor is { } tensor ? tensor
            : throw new ImportException(name, "the model's output is computed by no node, or constant");

    private TensorValue Input(ValueInfoProto input)
    {
        int[]? given = _inputs.ShapeOf(input.Name);
        TensorShapeProto? shape = input.Type?.TensorType?.Shape;
        int[] sizes = given ?? [.. (shape?.Dim ?? []).Skip(1).Select(static dim => (int)Math.Clamp(dim.DimValue, 0, int.MaxValue))];
        if (sizes.Length == 0 || sizes.Any(static size => size < 1))
        {
            throw new ImportException(input.Name,
                $"its shape [{string.Join(", ", sizes)}] (without the batch) leaves a size open; give it with --shape, for example "
                    + $"--shape 28,28,1");
        }

        return _inputs.Apply(_draft, _draft.Input(input.Name, TensorShape.Of(sizes)), input.Name);
    }
}
