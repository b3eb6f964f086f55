using System.Linq;
using static System.FormattableString;

namespace HGQ.Model.Hardware.Words;

/// <summary>Checks a hardware network against docs/hardware-network.md §1.</summary>
public static class HardwareNetworkVerifier
{
    /// <summary>Checks every node and port.</summary>
    /// <exception cref="HardwareNetworkException">A rule is broken.</exception>
    public static void Verify(HardwareNetwork network)
    {
        var ranges = new NodeRanges(network);
        for (var n = 0; n < network.Nodes.Length; n++)
        {
            string? problem = ProblemOf(network, ranges, n);
            if (problem is not null)
            {
                throw new HardwareNetworkException(Invariant($"node {n} ({network.Nodes[n].GetType().Name})"), problem);
            }
        }

        foreach (var port in network.Inputs.Concat(network.Outputs))
        {
            for (var e = 0; e < port.Elements.Length; e++)
            {
                VerifyElement(network, port, e);
            }
        }
    }

    private static string? ProblemOf(HardwareNetwork network, NodeRanges ranges, int n)
    {
        var node = network.Nodes[n];
        if (node.Layer < 0 || node.Layer >= network.Layers.Length)
        {
            return Invariant($"there is no layer {node.Layer}");
        }

        var sources = node.Accept(NodeSources.Instance);
        if (sources.Any(source => source < 0 || source >= n))
        {
            return Invariant($"it reads node {sources.First(source => source < 0 || source >= n)}, which is not before it");
        }

        string? shape = node switch
        {
            SumNode sum => SumProblem(sum),
            ConstantNode constant => constant.Interval.IsPoint ? null : Invariant($"a constant has the interval {constant.Interval}"),
            WrapNode wrap => wrap.Bits >= 1 ? null : Invariant($"{wrap.Bits} bits are kept"),
            TableNode table => table.Table >= 0 && table.Table < network.Tables.Length ? null : Invariant($"there is no table {table.Table}"),
            _ => null,
        };
        if (shape is not null)
        {
            return shape;
        }

        var range = node.Accept(ranges);
        return range.Contains(node.Interval) ? null : Invariant($"its interval {node.Interval} is not within {range}, which its sources give");
    }

    private static string? SumProblem(SumNode sum)
    {
        for (var t = 0; t < sum.Terms.Length; t++)
        {
            if (sum.Terms[t].Weight == 0)
            {
                return Invariant($"term {t} has the weight 0");
            }

            if (t > 0 && sum.Terms[t].Node <= sum.Terms[t - 1].Node)
            {
                return Invariant($"term {t} is not in rising order of nodes");
            }
        }

        return null;
    }

    private static void VerifyElement(HardwareNetwork network, WordPort port, int e)
    {
        var element = port.Elements[e];
        string part = Invariant($"element {e} of port '{port.Name}'");
        if (element.Node < 0 || element.Node >= network.Nodes.Length)
        {
            throw new HardwareNetworkException(part, Invariant($"there is no node {element.Node}"));
        }

        var interval = network.Nodes[element.Node].Interval;
        if (!element.Format.RawInterval.Contains(interval))
        {
            throw new HardwareNetworkException(part, Invariant($"the interval {interval} does not fit into {element.Format}"));
        }
    }
}
