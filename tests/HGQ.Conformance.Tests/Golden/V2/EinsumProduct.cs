using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>A product of activations along any axes, two at a time: permute, reshape, matrix product, reshape, permute.</summary>
internal sealed class EinsumProduct(GraphUnderConstruction graph, string name, string equation)
{
    /// <summary>Appends the layers.</summary>
    public void Add(string[] inputs)
    {
        var all = EinsumLabels.Parse(equation, graph.ShapeOf(inputs[0]).Rank + 1).WithoutBatch();
        if (inputs.Length == 1)
        {
            var chain = new AxisChain(graph, name, inputs[0], all.Operands[0]);
            chain.SumOver([.. all.Operands[0].Where(label => !all.Result.Contains(label))]);
            chain.Permute(all.Result.ToCharArray());
            chain.Finish();
            return;
        }

        var (current, labels) = (inputs[0], all.Operands[0]);
        for (var n = 1; n < inputs.Length; n++)
        {
            bool last = n == inputs.Length - 1;
            var later = all.Result + string.Concat(all.Operands.Skip(n + 1));
            var result = last ? all.Result : new string([.. (labels + all.Operands[n]).Distinct().Where(later.Contains)]);
            var own = last ? name : $"{name}.{n - 1}";
            Pair(own, current, labels, inputs[n], all.Operands[n], result);
            (current, labels) = (own, result);
        }
    }

    private void Pair(string own, string left, string leftLabels, string right, string rightLabels, string result)
    {
        var batch = result.Where(label => leftLabels.Contains(label) && rightLabels.Contains(label)).ToArray();
        var inner = leftLabels.Where(label => rightLabels.Contains(label) && !result.Contains(label)).ToArray();
        var rows = result.Where(label => leftLabels.Contains(label) && !rightLabels.Contains(label)).ToArray();
        var columns = result.Where(label => rightLabels.Contains(label) && !leftLabels.Contains(label)).ToArray();
        var one = Operand(own + ".left", left, leftLabels, [.. batch, .. rows, .. inner], batch.Length, rows.Length, inner.Length);
        var two = Operand(own + ".right", right, rightLabels, [.. batch, .. columns, .. inner], batch.Length, columns.Length, inner.Length);

        var shape = TensorShape.Of(graph.ShapeOf(one)[0], graph.ShapeOf(one)[1], graph.ShapeOf(two)[1]);
        graph.Add(new MatMulLayer(own + ".product", one, two, true, null), shape);
        int Size(char label) => leftLabels.Contains(label)
            ? graph.ShapeOf(left)[leftLabels.IndexOf(label)]
            : graph.ShapeOf(right)[rightLabels.IndexOf(label)];
        char[] order = [.. batch, .. rows, .. columns];
        var split = new TensorShape(order.Select(Size).ToArray());
        graph.Add(new ReshapeLayer(own + ".split", own + ".product", split), split);
        var axes = result.Select(label => System.Array.IndexOf(order, label)).ToArray();
        graph.Add(new PermuteLayer(own, own + ".split", axes), new TensorShape(result.Select(Size).ToArray()));
    }

    // [batch, free, inner], labels that nothing else needs summed away.
    private string Operand(string own, string input, string labels, char[] order, params int[] groups)
    {
        var chain = new AxisChain(graph, own, input, labels);
        chain.SumOver([.. labels.Where(label => !order.Contains(label))]);
        chain.Permute(order);
        chain.MergeGroups(groups);
        return chain.Current;
    }
}
