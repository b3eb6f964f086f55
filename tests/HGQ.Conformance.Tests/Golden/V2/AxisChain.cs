using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>A chain of layers that rearranges labelled axes around a product; steps that change nothing are left out.</summary>
internal sealed class AxisChain(GraphUnderConstruction graph, string name, string input, string labels)
{
    private readonly Dictionary<char, int> _sizes = labels.Select((label, axis) => (label, size: graph.ShapeOf(input)[axis]))
        .ToDictionary(item => item.label, item => item.size);

    private char[] _labels = labels.ToCharArray();
    private char[] _free = [];
    private int _steps;

    /// <summary>Name of the last layer.</summary>
    public string Current { get; private set; } = input;

    /// <summary>Brings the axes into another order.</summary>
    public void Permute(char[] order)
    {
        if (!order.SequenceEqual(_labels))
        {
            var axes = order.Select(label => Array.IndexOf(_labels, label)).ToArray();
            Append(own => new PermuteLayer(own, Current, axes), new TensorShape(order.Select(label => _sizes[label]).ToArray()));
            _labels = order;
        }
    }

    /// <summary>Sums axes away.</summary>
    public void SumOver(char[] axes)
    {
        if (axes.Length > 0)
        {
            var kept = _labels.Where(label => !axes.Contains(label)).ToArray();
            var reduced = axes.Select(label => Array.IndexOf(_labels, label)).ToArray();
            Append(
                own => new ReduceLayer(own, Current, ReductionKind.Sum, reduced, false, null),
                new TensorShape(kept.Select(label => _sizes[label]).ToArray()));
            _labels = kept;
        }
    }

    /// <summary>Keeps the first axes and merges the others into one.</summary>
    public void Merge(int free, int merged)
    {
        _free = _labels[..free];
        if (merged != 1)
        {
            Reshape([.. _free.Select(label => _sizes[label]), _labels[free..].Aggregate(1, (size, label) => size * _sizes[label])]);
        }
    }

    /// <summary>Merges groups of axes, given by their lengths, into one axis each.</summary>
    public void MergeGroups(params int[] lengths)
    {
        var sizes = new List<int>();
        var first = 0;
        foreach (var length in lengths)
        {
            sizes.Add(_labels.Skip(first).Take(length).Aggregate(1, (size, label) => size * _sizes[label]));
            first += length;
        }

        Reshape([.. sizes]);
    }

    /// <summary>Appends the product, which replaces the last axis.</summary>
    public void Product(Func<(string Name, string Input), LayerNode> layer, int outputs) =>
        Append(own => layer((own, Current)), TensorShape.Of([.. _free.Select(label => _sizes[label]), outputs]));

    /// <summary>Splits the last axis into labelled ones.</summary>
    public void Split(int[] sizes, char[] added)
    {
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            _sizes[added[axis]] = sizes[axis];
        }

        _labels = [.. _free, .. added];
        Reshape([.. _labels.Select(label => _sizes[label])]);
    }

    /// <summary>Gives the last layer the name of the node.</summary>
    public void Finish()
    {
        var shape = graph.ShapeOf(Current);
        graph.Add(new ReshapeLayer(name, Current, shape), shape);
    }

    private void Reshape(int[] sizes)
    {
        var shape = new TensorShape(sizes);
        if (graph.ShapeOf(Current) != shape)
        {
            Append(own => new ReshapeLayer(own, Current, shape), shape);
        }
    }

    private void Append(Func<string, LayerNode> layer, TensorShape shape)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{name}.{labels}{_steps}");
        _steps++;
        graph.Add(layer(own), shape);
        Current = own;
    }
}
