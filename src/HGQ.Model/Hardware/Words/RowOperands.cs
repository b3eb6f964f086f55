using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Words;

/// <summary>
/// Sums that are cheaper from other sums of their layer: a row of a matrix of low rank is a few finished rows and a rest. What is
/// paid for a row are the bits that are added up; a finished row counts as its word.
/// </summary>
internal static class RowOperands
{
    // More rows than this are not compared with each other.
    private const int MostRows = 128;

    /// <summary>Rewrites the sums of every layer where it pays.</summary>
    public static HardwareNetwork Apply(HardwareNetwork network)
    {
        for (var n = 0; n < network.Nodes.Length; n++)
        {
            if (network.Nodes[n] is SumNode)
            {
                var group = Group(network, n);
                var plan = group.Count > 2 ? RowPlan.Of(network, group) : null;
                network = plan is null ? network : Rewrite(network, group, plan);
                n = group[group.Count - 1];
            }
        }

        return network;
    }

    private static List<int> Group(HardwareNetwork network, int first)
    {
        var group = new List<int>();
        for (int n = first; n < network.Nodes.Length && group.Count < MostRows && network.Nodes[n].Layer == network.Nodes[first].Layer; n++)
        {
            if (network.Nodes[n] is SumNode sum && sum.Terms.All(term => term.Node < first))
            {
                group.Add(n);
            }
        }

        return group;
    }

    // All sums of the group move to the place of the first, finished rows before those that read them.
    private static HardwareNetwork Rewrite(HardwareNetwork network, List<int> group, RowPlan plan)
    {
        var members = new HashSet<int>(group);
        var order = Enumerable.Range(0, group[0])
            .Concat(plan.Order.Select(row => group[row]))
            .Concat(Enumerable.Range(group[0], network.Nodes.Length - group[0]).Where(n => !members.Contains(n)))
            .ToArray();
        var numbers = new int[order.Length];
        for (var n = 0; n < order.Length; n++)
        {
            numbers[order[n]] = n;
        }

        var nodes = network.Nodes.ToArray();
        for (var row = 0; row < group.Count; row++)
        {
            nodes[group[row]] = plan.Sum(row);
        }

        var moved = new NodeRenumbering(numbers);
        return network with
        {
            Nodes = order.Select(n => nodes[n].Accept(moved)).ToArray(),
            Inputs = network.Inputs.Select(port => Renumbered(port, numbers)).ToArray(),
            Outputs = network.Outputs.Select(port => Renumbered(port, numbers)).ToArray(),
        };
    }

    private static WordPort Renumbered(WordPort port, int[] numbers) =>
        port with { Elements = port.Elements.Select(element => element with { Node = numbers[element.Node] }).ToArray() };
}
