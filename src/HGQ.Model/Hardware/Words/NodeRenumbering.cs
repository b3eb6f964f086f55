using System.Linq;

namespace HGQ.Model.Hardware.Words;

/// <summary>A node with the numbers of its sources replaced.</summary>
internal sealed class NodeRenumbering : IWordNodeVisitor<WordNode>
{
    private readonly int[] _numbers;

    public NodeRenumbering(int[] numbers) => _numbers = numbers;

    public WordNode VisitInput(InputNode node) => node;

    public WordNode VisitConstant(ConstantNode node) => node;

    public WordNode VisitSum(SumNode node) => node with
    {
        Terms = node.Terms.Select(term => term with { Node = _numbers[term.Node] }).OrderBy(term => term.Node).ToArray(),
    };

    public WordNode VisitShift(ShiftNode node) => node with { Source = _numbers[node.Source] };

    public WordNode VisitWrap(WrapNode node) => node with { Source = _numbers[node.Source] };

    public WordNode VisitExtremum(ExtremumNode node) => node with { Left = _numbers[node.Left], Right = _numbers[node.Right] };

    public WordNode VisitZeroOutside(ZeroOutsideNode node) => node with { Source = _numbers[node.Source] };

    public WordNode VisitTable(TableNode node) => node with { Source = _numbers[node.Source] };

    public WordNode VisitProduct(ProductNode node) => node with { Left = _numbers[node.Left], Right = _numbers[node.Right] };
}
