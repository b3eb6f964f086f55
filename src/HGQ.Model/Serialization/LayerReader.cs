using System;
using System.Collections.Generic;
using HGQ.Model.Graph;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Reads layers: what all kinds share, and the choice of the kind.</summary>
internal sealed partial class LayerReader
{
    // What is expected is what is read: a kind without a reader is in no message.
    private static readonly Dictionary<string, Func<LayerReader, string, ModelMembers, LayerNode>> Readers = new(StringComparer.Ordinal)
    {
        [LayerKinds.Input] = static (reader, name, members) => reader.Input(name, members),
        [LayerKinds.Quantize] = static (reader, name, members) => reader.Quantize(name, members),
        [LayerKinds.Dense] = static (reader, name, members) => reader.Dense(name, members),
        [LayerKinds.Convolution] = static (reader, name, members) => reader.Convolution(name, members),
        [LayerKinds.ScaleOffset] = static (reader, name, members) => reader.ScaleOffset(name, members),
        [LayerKinds.Relu] = static (reader, name, members) => reader.Relu(name, members),
        [LayerKinds.Clamp] = static (reader, name, members) => reader.Clamp(name, members),
        [LayerKinds.Table] = static (reader, name, members) => reader.Table(name, members),
        [LayerKinds.Add] = static (reader, name, members) => reader.Add(name, members),
        [LayerKinds.Multiply] = static (reader, name, members) => reader.Multiply(name, members),
        [LayerKinds.MatMul] = static (reader, name, members) => reader.MatMul(name, members),
        [LayerKinds.Extremum] = static (reader, name, members) => reader.Extremum(name, members),
        [LayerKinds.Pool] = static (reader, name, members) => reader.Pool(name, members),
        [LayerKinds.Reduce] = static (reader, name, members) => reader.Reduce(name, members),
        [LayerKinds.Shift] = static (reader, name, members) => reader.Shift(name, members),
        [LayerKinds.Reshape] = static (reader, name, members) => reader.Reshape(name, members),
        [LayerKinds.Permute] = static (reader, name, members) => reader.Permute(name, members),
        [LayerKinds.Concatenate] = static (reader, name, members) => reader.Concatenate(name, members),
        [LayerKinds.Slice] = static (reader, name, members) => reader.Slice(name, members),
    };

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
        LayerNode? layer = Readers.TryGetValue(kind, out var read) ? read(this, name, members) : null;
        if (layer is null && kindNode >= 0)
        {
            _values.Error(
                ModelErrorCodes.UnknownWord,
                kindNode,
                Invariant($"{_values.Quote(kindNode)} is no kind of layer; expected {string.Join(", ", Readers.Keys)}"));
        }
        else if (layer is not null)
        {
            members.RefuseRest();
        }

        return _values.Errors.Count == before ? layer : null;
    }

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
