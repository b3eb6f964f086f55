using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Hardware.Words;

/// <summary>The range of a node as its sources' ranges give it: what a node's interval may not exceed.</summary>
internal sealed class NodeRanges : IWordNodeVisitor<RawInterval>
{
    private readonly HardwareNetwork _network;

    public NodeRanges(HardwareNetwork network) => _network = network;

    public RawInterval VisitInput(InputNode node) => _network.Inputs[node.Port].Elements[node.Element].Format.RawInterval;

    public RawInterval VisitConstant(ConstantNode node) => RawInterval.Point(node.Interval.Low);

    public RawInterval VisitSum(SumNode node)
    {
        var sum = default(RangeSum);
        sum.Add(node.Bias);
        foreach (var term in node.Terms)
        {
            sum.Add(term.Weight, _network.Nodes[term.Node].Interval);
        }

        return sum.Interval;
    }

    public RawInterval VisitShift(ShiftNode node) => Of(node.Source).Quantize(node.Shift, node.Rounding);

    public RawInterval VisitWrap(WrapNode node) => Wrapped(Of(node.Source), node.Bits, node.Signed);

    public RawInterval VisitExtremum(ExtremumNode node) => Extremum(Of(node.Left), Of(node.Right), node.Maximum);

    public RawInterval VisitZeroOutside(ZeroOutsideNode node) => ZeroOutside(Of(node.Source), node.Low, node.High);

    public RawInterval VisitTable(TableNode node)
    {
        var entries = _network.Tables[node.Table].Entries;
        return new RawInterval(entries.Min(), entries.Max());
    }

    public RawInterval VisitProduct(ProductNode node) => Product(Of(node.Left), Of(node.Right), node.Left == node.Right);

    /// <summary>What remains of a range modulo 2^bits: itself where it fits.</summary>
    public static RawInterval Wrapped(RawInterval source, int bits, bool signed)
    {
        var format = new FixedPointFormat(signed, bits - (signed ? 1 : 0), 0).RawInterval;
        return format.Contains(source) ? source : format;
    }

    public static RawInterval Extremum(RawInterval left, RawInterval right, bool maximum) => maximum
        ? new RawInterval(BigInteger.Max(left.Low, right.Low), BigInteger.Max(left.High, right.High))
        : new RawInterval(BigInteger.Min(left.Low, right.Low), BigInteger.Min(left.High, right.High));

    public static RawInterval ZeroOutside(RawInterval source, BigInteger low, BigInteger high)
    {
        BigInteger from = BigInteger.Max(source.Low, low), to = BigInteger.Min(source.High, high);
        var zero = RawInterval.Point(BigInteger.Zero);
        return to < from ? zero : from == source.Low && to == source.High ? source : new RawInterval(from, to).Union(zero);
    }

    public static RawInterval Product(RawInterval left, RawInterval right, bool square)
    {
        var product = left * right;
        return square ? product.ClampLow() : product;
    }

    private RawInterval Of(int node) => _network.Nodes[node].Interval;
}
