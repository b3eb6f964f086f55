using System;
using System.Linq;

namespace HGQ.Model.Hardware.Words;

/// <summary>Which nodes a node reads.</summary>
public sealed class NodeSources : IWordNodeVisitor<int[]>
{
    private NodeSources()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static NodeSources Instance { get; } = new();

    /// <inheritdoc/>
    public int[] VisitInput(InputNode node) => Array.Empty<int>();

    /// <inheritdoc/>
    public int[] VisitConstant(ConstantNode node) => Array.Empty<int>();

    /// <inheritdoc/>
    public int[] VisitSum(SumNode node) => node.Terms.Select(term => term.Node).ToArray();

    /// <inheritdoc/>
    public int[] VisitShift(ShiftNode node) => new[] { node.Source };

    /// <inheritdoc/>
    public int[] VisitWrap(WrapNode node) => new[] { node.Source };

    /// <inheritdoc/>
    public int[] VisitExtremum(ExtremumNode node) => new[] { node.Left, node.Right };

    /// <inheritdoc/>
    public int[] VisitZeroOutside(ZeroOutsideNode node) => new[] { node.Source };

    /// <inheritdoc/>
    public int[] VisitTable(TableNode node) => new[] { node.Source };

    /// <inheritdoc/>
    public int[] VisitProduct(ProductNode node) => new[] { node.Left, node.Right };
}
