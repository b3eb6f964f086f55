using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using Onnx;

namespace HGQ.Import.Onnx;

/// <summary>What a name of the graph stands for: a constant, or a tensor of the draft (without the batch).</summary>
internal readonly record struct OnnxValue(OnnxConstant? Constant, TensorValue? Tensor);

/// <summary>One node to translate.</summary>
/// <param name="Draft">The model so far.</param>
/// <param name="Node">The node.</param>
/// <param name="Inputs">What it reads; an input that is left out is null.</param>
/// <param name="IsLast">Whether nothing reads its result but the caller of the model.</param>
internal sealed record OnnxTask(GraphDraft Draft, NodeProto Node, IReadOnlyList<OnnxValue?> Inputs, bool IsLast)
{
    /// <summary>For messages and layers: the node's own name, or that of its result.</summary>
    public string Name => Node.Name.Length > 0 ? Node.Name : Node.Output[0];

    /// <summary>Whether the node counts the channels last (a domain of QONNX).</summary>
    public bool IsChannelsLast => Node.Domain.EndsWith("channels_last", StringComparison.Ordinal)
        || Node.OpType.EndsWith("NHWC", StringComparison.Ordinal);

    public bool Has(int index) => index < Inputs.Count && Inputs[index] is not null;

    public TensorValue Tensor(int index) => Has(index)
        ? Inputs[index]!.Value.Tensor ?? throw Refuse($"its input {index} is a constant, and a tensor was expected")
        : throw Refuse($"its input {index} is missing");

    public OnnxConstant Constant(int index, string what) => Has(index)
        ? Inputs[index]!.Value.Constant ?? throw Refuse($"its {what} is computed by the model; only constants can be imported")
        : throw Refuse($"its {what} is missing");

    public OnnxConstant? Optional(int index, string what) => Has(index) ? Constant(index, what) : null;

    public bool IsConstant(int index) => Has(index) && Inputs[index]!.Value.Constant is not null;

    public AttributeProto? Attribute(string name) => Node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    public int Integer(string name, int otherwise) => Attribute(name) is { } attribute
        ? (int)Math.Clamp(attribute.I, int.MinValue, int.MaxValue) : otherwise;

    public Rational Real(string name, float otherwise)
    {
        float value = Attribute(name)?.F ?? otherwise;
        return float.IsFinite(value) ? Rational.Of(value) : throw Refuse($"its {name} is not finite");
    }

    public string Text(string name, string otherwise) => Attribute(name) is { } attribute ? attribute.S.ToStringUtf8() : otherwise;

    public int[]? Integers(string name) => Attribute(name) is { } attribute
        ? [.. attribute.Ints.Select(static i => (int)Math.Clamp(i, int.MinValue, int.MaxValue))] : null;

    public ImportException Refuse(string construct) => new(Name, $"{Node.OpType}: {construct}");

    /// <summary>An axis of the source, the batch counted, as one of a tensor without it.</summary>
    public int Axis(int axis, TensorValue value)
    {
        int rank = value.Shape.Rank + 1, counted = axis < 0 ? axis + rank : axis;
        return counted >= 1 && counted < rank ? counted - 1 : throw Refuse($"it works along axis {axis}; axis 0 is the batch");
    }

    /// <summary>A constant as one number for each channel, or one for all, and the tensor with these channels last.</summary>
    public (TensorValue Value, Rational[] Numbers) ByChannel(TensorValue value, OnnxConstant constant, string what)
    {
        if (constant.Values.Length == 1 || constant.Values.All(number => number == constant.Values[0]))
        {
            return (value, [constant.Values[0]]);
        }

        // Aligned at the last axis, the batch in front.
        int[] shape = [1, .. value.SourceShape];
        int[] sizes = [.. Enumerable.Repeat(1, Math.Max(0, shape.Length - constant.Shape.Length)), .. constant.Shape];
        int[] wide = [.. Enumerable.Range(0, sizes.Length).Where(axis => sizes[axis] > 1)];
        if (sizes.Length != shape.Length || wide.Length != 1 || sizes[wide[0]] != shape[wide[0]])
        {
            throw Refuse($"its {what} of shape [{string.Join(", ", constant.Shape)}] is not one number for each channel of "
                + $"[{string.Join(", ", shape)}]");
        }

        return wide[0] == shape.Length - 1 ? (Draft.InSourceOrder(value, Name), constant.Values)
            : wide[0] == 1 ? (Draft.ChannelsLast(value, Name, sourceIsChannelsFirst: true), constant.Values)
            : throw Refuse($"its {what} differs along axis {wide[0]}, which is not the channels'");
    }

    public static OnnxValue Of(TensorValue tensor) => new(null, tensor);

    public static OnnxValue Of(OnnxConstant constant) => new(constant, null);
}
