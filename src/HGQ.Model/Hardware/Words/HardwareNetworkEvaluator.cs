using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Hardware.Words;

/// <summary>
/// Computes a hardware network node by node in integers without limit: the definition of what a network yields
/// (docs/hardware-network.md §1). Written to be read, not to be fast; one instance is for one thread.
/// </summary>
public sealed class HardwareNetworkEvaluator : IWordNodeVisitor<BigInteger>
{
    private readonly HardwareNetwork _network;
    private readonly BigInteger[] _values;
    private readonly int[] _portStarts;
    private long[] _codes = [];

    /// <summary>Prepares a network.</summary>
    /// <param name="network">A verified network.</param>
    public HardwareNetworkEvaluator(HardwareNetwork network)
    {
        _network = network;
        _values = new BigInteger[network.Nodes.Length];
        _portStarts = new int[network.Inputs.Length];
        for (var p = 1; p < _portStarts.Length; p++)
        {
            _portStarts[p] = _portStarts[p - 1] + network.Inputs[p - 1].Elements.Length;
        }
    }

    /// <summary>Codes → raw results of one sample, both in 64-bit storage.</summary>
    /// <param name="codes">All input ports one behind the other, each code within its format.</param>
    /// <returns>All outputs one behind the other.</returns>
    /// <exception cref="HardwareNetworkException">A value is outside its node's interval: the network is wrong.</exception>
    public long[] Run(long[] codes)
    {
        _codes = codes;
        for (var n = 0; n < _values.Length; n++)
        {
            var node = _network.Nodes[n];
            _values[n] = node.Accept(this);
            if (!node.Interval.Contains(_values[n]))
            {
                throw new HardwareNetworkException(
                    System.FormattableString.Invariant($"node {n} ({node.GetType().Name})"),
                    System.FormattableString.Invariant($"the value {_values[n]} is outside its interval {node.Interval}"));
            }
        }

        return _network.Outputs.SelectMany(port => port.Elements)
            .Select(element => element.Format.IsZero ? 0 : element.Format.ToStorage(_values[element.Node])).ToArray();
    }

    BigInteger IWordNodeVisitor<BigInteger>.VisitInput(InputNode node) =>
        _network.Inputs[node.Port].Elements[node.Element].Format.FromStorage(_codes[_portStarts[node.Port] + node.Element]);

    BigInteger IWordNodeVisitor<BigInteger>.VisitConstant(ConstantNode node) => node.Value;

    BigInteger IWordNodeVisitor<BigInteger>.VisitSum(SumNode node)
    {
        var sum = node.Bias;
        foreach (var term in node.Terms)
        {
            sum += term.Weight * _values[term.Node];
        }

        return sum;
    }

    BigInteger IWordNodeVisitor<BigInteger>.VisitShift(ShiftNode node) =>
        FixedPointArithmetic.ShiftRound(_values[node.Source], node.Shift, node.Rounding);

    BigInteger IWordNodeVisitor<BigInteger>.VisitWrap(WrapNode node)
    {
        var modulus = BigInteger.One << node.Bits;
        var rest = BigInteger.Remainder(_values[node.Source], modulus);
        rest = rest.Sign < 0 ? rest + modulus : rest;
        return node.Signed && rest >= modulus >> 1 ? rest - modulus : rest;
    }

    BigInteger IWordNodeVisitor<BigInteger>.VisitExtremum(ExtremumNode node) => node.Maximum
        ? BigInteger.Max(_values[node.Left], _values[node.Right])
        : BigInteger.Min(_values[node.Left], _values[node.Right]);

    BigInteger IWordNodeVisitor<BigInteger>.VisitZeroOutside(ZeroOutsideNode node)
    {
        var value = _values[node.Source];
        return value >= node.Low && value <= node.High ? value : BigInteger.Zero;
    }

    BigInteger IWordNodeVisitor<BigInteger>.VisitTable(TableNode node)
    {
        LookupTable table = _network.Tables[node.Table];
        var rest = BigInteger.Remainder(_values[node.Source], table.Entries.Length);
        return table.Output.IsZero ? BigInteger.Zero : table.Output.FromStorage(table.Entries[(int)(rest.Sign < 0 ? rest + table.Entries.Length : rest)]);
    }

    BigInteger IWordNodeVisitor<BigInteger>.VisitProduct(ProductNode node) => _values[node.Left] * _values[node.Right];
}
