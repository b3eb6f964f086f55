using System;
using HGQ.Model.Graph;

namespace HGQ.Model.Serialization;

/// <content>One method for each kind of layer, its members in the order in which the writer prints them.</content>
internal sealed partial class LayerReader
{
    private InputLayer Input(string name, ModelMembers members) => new(name, _tensors.Shape(members.Required("shape")));

    private QuantizeLayer Quantize(string name, ModelMembers members) =>
        new(name, Inputs(members, name, 1)[0], Quantizer(members.Required("quantizer")));

    private DenseLayer Dense(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _tensors.Tensor(members.Required("kernel")),
        OptionalTensor(members, "bias"),
        _values.Word(members.Required("activation"), ModelWords.Activations),
        OptionalQuantizer(members));

    private ConvLayer Convolution(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _tensors.Tensor(members.Required("kernel")),
        OptionalTensor(members, "bias"),
        Options(members, "strides", 1),
        Options(members, "dilations", 1),
        _values.Word(members.Required("padding"), ModelWords.Paddings),
        Option(members, "groups", 1),
        _values.Word(members.Required("activation"), ModelWords.Activations),
        OptionalQuantizer(members),
        Option(members, "parallelFactor", 1));

    private ScaleOffsetLayer ScaleOffset(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _tensors.Tensor(members.Required("scale")),
        OptionalTensor(members, "offset"),
        _values.Word(members.Required("activation"), ModelWords.Activations),
        OptionalQuantizer(members));

    private ReluLayer Relu(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _values.LongInteger(members.Required("slopeRaw"), 0, long.MaxValue),
        _values.Integer(members.Required("slopeFractionBits"), 0, 61),
        OptionalQuantizer(members));

    private ClampLayer Clamp(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _values.LongInteger(members.Required("lowRaw"), long.MinValue, long.MaxValue),
        _values.LongInteger(members.Required("highRaw"), long.MinValue, long.MaxValue),
        _values.Integer(members.Required("limitFractionBits"), -ReaderLimits.FormatBits, ReaderLimits.FormatBits),
        OptionalQuantizer(members));

    private TableLayer Table(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        Array.ConvertAll(_values.Elements(members.Required("tables"), "tables"), SingleTable),
        Options(members, "tableOf", 0),
        OptionalQuantizer(members));

    private LookupTable SingleTable(int node)
    {
        var members = new ModelMembers(_values, node, "a table {input, output, entries}");
        var input = _tensors.SingleFormat(members.Required("input"));
        var output = _tensors.SingleFormat(members.Required("output"));
        var table = new LookupTable(input, output, _tensors.Entries(members.Required("entries"), output));
        members.RefuseRest();
        return table;
    }

    private AddLayer Add(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 0),
        Array.ConvertAll(_values.Elements(members.Required("negate"), "true and false"), _values.Boolean),
        OptionalQuantizer(members));

    private MultiplyLayer Multiply(string name, ModelMembers members)
    {
        string[] inputs = Inputs(members, name, 2);
        return new MultiplyLayer(name, inputs[0], inputs[1], OptionalQuantizer(members));
    }

    private MatMulLayer MatMul(string name, ModelMembers members)
    {
        string[] inputs = Inputs(members, name, 2);
        return new MatMulLayer(
            name, inputs[0], inputs[1], _values.Boolean(members.Required("transposeRight")), OptionalQuantizer(members));
    }

    private ExtremumLayer Extremum(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 0),
        _values.Word(members.Required("reduction"), ModelWords.Reductions),
        OptionalQuantizer(members));

    private PoolLayer Pool(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _values.Word(members.Required("pooling"), ModelWords.Pools),
        Options(members, "size", 1),
        Options(members, "strides", 1),
        _values.Word(members.Required("padding"), ModelWords.Paddings),
        OptionalQuantizer(members));

    private ReduceLayer Reduce(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        _values.Word(members.Required("reduction"), ModelWords.Reductions),
        Options(members, "axes", 0),
        _values.Boolean(members.Required("keepDimensions")),
        OptionalQuantizer(members));

    private ShiftLayer Shift(string name, ModelMembers members) =>
        new(name, Inputs(members, name, 1)[0], _values.Integer(members.Required("shift"), -64, 64));

    private ReshapeLayer Reshape(string name, ModelMembers members) =>
        new(name, Inputs(members, name, 1)[0], _tensors.Shape(members.Required("shape")));

    private PermuteLayer Permute(string name, ModelMembers members) =>
        new(name, Inputs(members, name, 1)[0], Options(members, "axes", 0));

    private ConcatenateLayer Concatenate(string name, ModelMembers members) =>
        new(name, Inputs(members, name, 0), Option(members, "axis", 0));

    private SliceLayer Slice(string name, ModelMembers members) => new(
        name,
        Inputs(members, name, 1)[0],
        Options(members, "begin", 0),
        Options(members, "size", 1),
        Options(members, "steps", 1));
}
