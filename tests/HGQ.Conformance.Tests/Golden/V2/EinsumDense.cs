using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>
/// A product with a constant kernel along any axes: permute, reshape, dense, reshape, permute. Where the kernel or the bias
/// differs by position (a label shared by all three), the whole input is one row of a dense layer with zeros between.
/// </summary>
internal sealed class EinsumDense(GraphUnderConstruction graph, string name, JsonElement node)
{
    private readonly IntegerTensor _kernel = GoldenFormats.Constants(node.GetProperty("kernel"));
    private readonly TensorShape _shape = node.GetProperty("shape").Shape();

    /// <summary>Appends the layers.</summary>
    public void Add(string input)
    {
        var source = graph.ShapeOf(input);
        var equation = EinsumLabels.Parse(node.Text("equation"), source.Rank + 1).WithoutBatch();
        string data = equation.Operands[0], weights = equation.Operands[1], result = equation.Result;
        var contracted = data.Where(label => weights.Contains(label) && !result.Contains(label)).ToArray();
        var free = data.Where(label => !contracted.Contains(label)).ToArray();
        var added = weights.Where(label => !data.Contains(label)).ToArray();
        var bias = Bias();
        bool shared = free.Any(label => weights.Contains(label)) || free.Any(label => !result.Contains(label));
        if (shared || added.Any(label => !result.Contains(label)) || (bias is not null && VariesOver(result, free, bias)))
        {
            Whole(input, source, data, weights, result, bias);
            return;
        }

        var chain = new AxisChain(graph, name, input, data);
        chain.Permute([.. free, .. contracted]);
        chain.Merge(free.Length, contracted.Length);
        var kernel = Reordered(weights, contracted, added);
        var last = bias is null ? null : Take(bias, [.. Positions(result, added).Select(position => position)], TensorShape.Of(kernel.Shape[1]));
        chain.Product(inner => new DenseLayer(inner.Name, inner.Input, kernel, last, ActivationKind.Linear, null), kernel.Shape[1]);
        chain.Split([.. added.Select(label => _kernel.Shape[weights.IndexOf(label, StringComparison.Ordinal)])], added);
        chain.Permute(result.ToCharArray());
        chain.Finish();
    }

    private IntegerTensor? Bias()
    {
        if (node.Optional("bias") is not { } record)
        {
            return null;
        }

        var own = GoldenFormats.Constants(record);
        var rank = new GoldenArray<int>(own.Shape.Dimensions.ToArray(), [.. Enumerable.Range(0, own.Raw.Length)]);
        return Take(own, rank.BroadcastTo(_shape), _shape);
    }

    private bool VariesOver(string result, char[] free, IntegerTensor bias)
    {
        var labels = new LabelledIndex(result, _shape);
        return Enumerable.Range(0, _shape.Size).Any(e =>
        {
            int origin = labels.WithZero(e, free);
            return bias.Raw[e] != bias.Raw[origin] || bias.Format[e] != bias.Format[origin];
        });
    }

    private IEnumerable<int> Positions(string result, char[] added)
    {
        var labels = new LabelledIndex(result, _shape);
        return labels.AllOver(added);
    }

    private IntegerTensor Reordered(string weights, char[] contracted, char[] added)
    {
        var labels = new LabelledIndex(weights, _kernel.Shape);
        var rows = labels.AllOver(contracted).ToArray();
        var columns = labels.AllOver(added).ToArray();
        int[] order = [.. rows.SelectMany(row => columns.Select(column => row + column))];
        return Take(_kernel, order, TensorShape.Of(rows.Length, columns.Length));
    }

    private void Whole(string input, TensorShape source, string data, string weights, string result, IntegerTensor? bias)
    {
        var entries = new long[source.Size * _shape.Size];
        var formats = Enumerable.Repeat(FixedPointFormat.Zero, entries.Length).ToArray();
        var sizes = new LabelledIndex(data, source).Sizes(new LabelledIndex(weights, _kernel.Shape));
        foreach (var at in LabelledIndex.Combinations(sizes))
        {
            int from = LabelledIndex.Index(data, source, at), to = LabelledIndex.Index(result, _shape, at);
            int weight = LabelledIndex.Index(weights, _kernel.Shape, at);
            entries[(from * _shape.Size) + to] = _kernel.Raw[weight];
            formats[(from * _shape.Size) + to] = _kernel.Format[weight];
        }

        var kernel = new IntegerTensor(new TensorFormat(TensorShape.Of(source.Size, _shape.Size), formats), entries);
        var flat = bias is null ? null : Take(bias, [.. Enumerable.Range(0, _shape.Size)], TensorShape.Of(_shape.Size));
        graph.Add(new ReshapeLayer(name + ".flat", input, TensorShape.Of(source.Size)), TensorShape.Of(source.Size));
        graph.Add(new DenseLayer(name + ".whole", name + ".flat", kernel, flat, ActivationKind.Linear, null), TensorShape.Of(_shape.Size));
        graph.Add(new ReshapeLayer(name, name + ".whole", _shape), _shape);
    }

    private static IntegerTensor Take(IntegerTensor tensor, int[] order, TensorShape shape) => new(
        new TensorFormat(shape, order.Select(index => tensor.Format[index]).ToArray()),
        order.Select(index => tensor.Raw[index]).ToArray());
}
