using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Words;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>
/// Which bits of each word anybody reads: a sum that only a wrap reads is formed modulo 2^bits, one that only a shift reads needs
/// no bits below, and where no bit is read nothing is made.
/// </summary>
internal sealed class DemandedBits : IWordNodeVisitor<bool>
{
    private readonly HardwareNetwork _network;
    private readonly int[] _low;
    private readonly int[] _high;
    private readonly bool[] _wiredToOutput;
    private int _reader;

    private DemandedBits(HardwareNetwork network)
    {
        _network = network;
        _low = Enumerable.Repeat(int.MaxValue, network.Nodes.Length).ToArray();
        _high = new int[network.Nodes.Length];
        _wiredToOutput = new bool[network.Nodes.Length];
    }

    /// <summary>Finds the demanded bits of all nodes.</summary>
    public static DemandedBits Of(HardwareNetwork network)
    {
        var demanded = new DemandedBits(network);
        foreach (var element in network.Outputs.SelectMany(port => port.Elements))
        {
            demanded.Demand(element.Node, 0, int.MaxValue);
            demanded._wiredToOutput[element.Node] = true;
        }

        for (int n = network.Nodes.Length - 1; n >= 0; n--)
        {
            if (demanded._high[n] > 0)
            {
                demanded._reader = n;
                network.Nodes[n].Accept(demanded);
            }
        }

        return demanded;
    }

    /// <summary>The lowest demanded bit.</summary>
    public int Low(int node) => Math.Min(_low[node], _high[node]);

    /// <summary>One above the highest demanded bit; 0 where none is.</summary>
    public int High(int node) => _high[node];

    /// <summary>Whether bits of the word leave at an output as they are: then they should not be inverted.</summary>
    public bool IsWiredToOutput(int node) => _wiredToOutput[node];

    bool IWordNodeVisitor<bool>.VisitInput(InputNode node) => true;

    bool IWordNodeVisitor<bool>.VisitConstant(ConstantNode node) => true;

    bool IWordNodeVisitor<bool>.VisitSum(SumNode node)
    {
        foreach (var term in node.Terms)
        {
            Demand(term.Node, 0, _high[_reader] - TrailingZeros(term.Weight));
        }

        return true;
    }

    bool IWordNodeVisitor<bool>.VisitShift(ShiftNode node)
    {
        int low = _low[_reader] + node.Shift, high = _high[_reader] + node.Shift;
        if (node.Shift > 0 && node.Rounding != RoundingMode.Truncate)
        {
            All(node.Source);
            return true;
        }

        Wire(node.Source, Math.Max(0, low), high);
        return true;
    }

    bool IWordNodeVisitor<bool>.VisitWrap(WrapNode node)
    {
        Wire(node.Source, _low[_reader], Math.Min(_high[_reader], node.Bits));
        return true;
    }

    bool IWordNodeVisitor<bool>.VisitExtremum(ExtremumNode node)
    {
        if (IsRelu(_network, node, out int source))
        {
            Demand(source, _low[_reader], int.MaxValue);
            return true;
        }

        All(node.Left);
        All(node.Right);
        return true;
    }

    bool IWordNodeVisitor<bool>.VisitZeroOutside(ZeroOutsideNode node) => All(node.Source);

    bool IWordNodeVisitor<bool>.VisitTable(TableNode node)
    {
        Demand(node.Source, 0, Math.Max(1, _network.Tables[node.Table].Input.Width));
        return true;
    }

    bool IWordNodeVisitor<bool>.VisitProduct(ProductNode node)
    {
        All(node.Left);
        All(node.Right);
        return true;
    }

    /// <summary>Whether a node is max(x, 0).</summary>
    public static bool IsRelu(HardwareNetwork network, ExtremumNode node, out int source)
    {
        bool left = network.Nodes[node.Left] is ConstantNode { Value.IsZero: true }, right = network.Nodes[node.Right] is ConstantNode { Value.IsZero: true };
        source = left ? node.Right : node.Left;
        return node.Maximum && (left || right);
    }

    /// <summary>Zeros below the lowest 1 of a number that is not 0.</summary>
    public static int TrailingZeros(long weight)
    {
        var zeros = 0;
        for (; (weight & 1) == 0; weight >>= 1)
        {
            zeros++;
        }

        return zeros;
    }

    private void Wire(int source, int low, int high)
    {
        Demand(source, low, high);
        _wiredToOutput[source] |= _wiredToOutput[_reader];
    }

    private bool All(int node)
    {
        Demand(node, 0, int.MaxValue);
        return true;
    }

    // Bits above a word are its sign, or 0.
    private void Demand(int node, int low, int high)
    {
        int width = _network.Nodes[node].Width;
        if (width > 0 && high > 0)
        {
            _low[node] = Math.Min(_low[node], Math.Min(low, width - 1));
            _high[node] = Math.Max(_high[node], Math.Min(high, width));
        }
    }
}
