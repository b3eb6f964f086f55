using System;
using System.Collections.Generic;
using HGQ.Model.Graph;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Reads layers: what all kinds share, and the choice of the kind.</summary>
internal sealed partial class LayerReader
{
    private readonly ModelValues _values;
    private readonly TensorReader _tensors;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public LayerReader(ModelValues values)
    {
        _values = values;
        _tensors = new TensorReader(values);
    }

    /// <summary>Whether a layer of this name has been read.</summary>
    public bool Knows(string name) => _names.Contains(name);

    /// <summary>Reads one layer; null, and errors, where it is wrong.</summary>
    public LayerNode? Read(int node)
    {
        int before = _values.Errors.Count;
        var members = new ModelMembers(_values, node, "a layer");
        string name = NewName(members.Required("name"));
        int kindNode = members.Required("kind");
        string kind = _values.String(kindNode);
        LayerNode? layer = Read(kind, name, members);
        if (layer is null && kindNode >= 0)
        {
            _values.Error(
                ModelErrorCodes.UnknownWord, kindNode, Invariant($"{_values.Quote(kindNode)} is no kind of layer; expected {LayerKinds.All}"));
        }
        else if (layer is not null)
        {
            members.RefuseRest();
        }

        return _values.Errors.Count == before ? layer : null;
    }

    private LayerNode? Read(string kind, string name, ModelMembers members) => kind switch
    {
        LayerKinds.Input => Input(name, members),
        LayerKinds.Quantize => Quantize(name, members),
        LayerKinds.Dense => Dense(name, members),
        LayerKinds.Convolution => Convolution(name, members),
        LayerKinds.ScaleOffset => ScaleOffset(name, members),
        LayerKinds.Relu => Relu(name, members),
        LayerKinds.Clamp => Clamp(name, members),
        LayerKinds.Table => Table(name, members),
        LayerKinds.Add => Add(name, members),
        LayerKinds.Multiply => Multiply(name, members),
        LayerKinds.MatMul => MatMul(name, members),
        LayerKinds.Extremum => Extremum(name, members),
        LayerKinds.Pool => Pool(name, members),
        LayerKinds.Reduce => Reduce(name, members),
        LayerKinds.Shift => Shift(name, members),
        LayerKinds.Reshape => Reshape(name, members),
        LayerKinds.Permute => Permute(name, members),
        LayerKinds.Concatenate => Concatenate(name, members),
        LayerKinds.Slice => Slice(name, members),
        _ => null,
    };

    private string NewName(int node)
    {
        string name = _values.Name(node);
        if (name.Length > 0 && !_names.Add(name))
        {
            _values.Error(GraphErrorCodes.DuplicateName, node, Invariant($"the layer name {_values.Quote(node)} is used twice"));
        }

        return name;
    }

    // `count` inputs, or at least one where count is 0.
    private string[] Inputs(ModelMembers members, string self, int count)
    {
        int node = members.Required("inputs");
        int[] nodes = _values.Elements(node, "layer names");
        var inputs = new string[Math.Max(nodes.Length, count)];
        for (int n = 0; n < inputs.Length; n++)
        {
            inputs[n] = n < nodes.Length ? Reference(nodes[n], self) : string.Empty;
        }

        if (node >= 0 && (count == 0 ? nodes.Length == 0 : nodes.Length != count))
        {
            string expected = count == 0 ? "at least one is" : Invariant($"{count} expected");
            _values.Error(ModelErrorCodes.WrongInputCount, node, Invariant($"{nodes.Length} inputs found; {expected}"));
        }

        return inputs;
    }

    private string Reference(int node, string self)
    {
        string name = _values.String(node);
        if (name == self || !Knows(name))
        {
            _values.Error(
                GraphErrorCodes.MissingInput,
                node,
                Invariant($"{_values.Quote(node)} is no layer before this one; layers stand in topological order, without cycles"));
        }

        return name;
    }

    private QuantizerSpec? OptionalQuantizer(ModelMembers members)
    {
        int node = members.Optional("quantizer");
        return node < 0 ? null : Quantizer(node);
    }

    private QuantizerSpec Quantizer(int node)
    {
        var members = new ModelMembers(_values, node, "a quantizer {shape, k, i, f, rounding, overflow}");
        var quantizer = new QuantizerSpec(
            _tensors.Format(members),
            _values.Word(members.Required("rounding"), ModelWords.Roundings),
            _values.Word(members.Required("overflow"), ModelWords.Overflows));
        members.RefuseRest();
        return quantizer;
    }

    private IntegerTensor? OptionalTensor(ModelMembers members, string name)
    {
        int node = members.Optional(name);
        return node < 0 ? null : _tensors.Tensor(node);
    }

    private int Option(ModelMembers members, string name, int min) => _values.Integer(members.Required(name), min, ReaderLimits.Option);

    private int[] Options(ModelMembers members, string name, int min) => _values.Integers(members.Required(name), min, ReaderLimits.Option);
}
