using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>A float model: nodes in topological order, and what the model answers.</summary>
internal sealed class FloatModel
{
    private readonly List<FloatNode> _nodes;

    private FloatModel(List<FloatNode> nodes, IReadOnlyList<(string Name, string Layer)> outputs)
        => (_nodes, Outputs) = (nodes, [.. outputs]);

    public IReadOnlyList<FloatNode> Nodes => _nodes;

    /// <summary>Outputs by name, and the nodes that compute them.</summary>
    public List<(string Name, string Layer)> Outputs { get; }

    /// <summary>Input ports in the order in which rows hold them.</summary>
    public IEnumerable<FloatNode> Ports => _nodes.Where(static node => node.Layer is InputLayer);

    /// <summary>Reads a finished draft.</summary>
    public static FloatModel Of(GraphDraft draft, IReadOnlyList<(string Name, TensorValue Value)> values)
    {
        FloatSteps steps = draft.Floats ?? throw new ArgumentException("the draft holds integers", nameof(draft));
        var outputs = new List<(string, string)>();
        foreach ((string name, TensorValue value) in values)
        {
            string unique = name;
            for (var n = 2; outputs.Any(output => output.Item1 == unique); n++)
            {
                unique = FormattableString.Invariant($"{name}_{n}");
            }

            outputs.Add((unique, draft.InSourceOrder(draft.Real(value, name), name).Layer));
        }

        var graph = new ModelGraph("float", draft.Layers, outputs.Select(static o => new ModelOutput(o.Item1, o.Item2)).ToArray(),
            ModelMetadata.Empty);
        IReadOnlyDictionary<string, TensorShape> shapes = ShapeInference.Infer(graph);
        return new FloatModel(
            [.. draft.Layers.Select(layer => FloatNode.Of(layer, shapes[layer.Name], steps.StepOf(layer.Name)))], outputs);
    }

    public FloatNode Node(string name) => _nodes.First(node => node.Name == name);

    public IReadOnlyList<FloatNode> Readers(string name) => [.. _nodes.Where(node => node.Inputs.Contains(name))];

    public bool IsOutput(string name) => Outputs.Any(output => output.Layer == name);

    /// <summary>The only node that reads this one, which is no output; else null.</summary>
    public FloatNode? OnlyReader(FloatNode node)
        => !IsOutput(node.Name) && Readers(node.Name) is [var reader] && reader.Inputs.Length == 1 ? reader : null;

    /// <summary>Puts another node in its place.</summary>
    public void Replace(FloatNode node, FloatNode by) => _nodes[_nodes.IndexOf(node)] = by;

    /// <summary>Takes a node out; who read it reads its input.</summary>
    public void Remove(FloatNode node)
    {
        string input = node.Inputs[0];
        _nodes.Remove(node);
        for (var n = 0; n < _nodes.Count; n++)
        {
            if (_nodes[n].Inputs.Contains(node.Name))
            {
                _nodes[n] = _nodes[n] with { Inputs = [.. _nodes[n].Inputs.Select(name => name == node.Name ? input : name)] };
            }
        }

        for (var n = 0; n < Outputs.Count; n++)
        {
            Outputs[n] = Outputs[n].Layer == node.Name ? (Outputs[n].Name, input) : Outputs[n];
        }
    }
}
