using System.Linq;

namespace HGQ.Model.Hardware.Words;

/// <summary>Removes the nodes that no output depends on; input elements stay, so that ports keep their shape.</summary>
internal static class UnreadNodes
{
    public static HardwareNetwork Remove(HardwareNetwork network)
    {
        var read = new bool[network.Nodes.Length];
        foreach (var element in network.Inputs.Concat(network.Outputs).SelectMany(port => port.Elements))
        {
            read[element.Node] = true;
        }

        for (int n = read.Length - 1; n >= 0; n--)
        {
            if (read[n])
            {
                foreach (int source in network.Nodes[n].Accept(NodeSources.Instance))
                {
                    read[source] = true;
                }
            }
        }

        var kept = new int[read.Length];
        var count = 0;
        for (var n = 0; n < read.Length; n++)
        {
            kept[n] = read[n] ? count++ : -1;
        }

        var moved = new NodeRenumbering(kept);
        return network with
        {
            Nodes = network.Nodes.Where((_, n) => read[n]).Select(node => node.Accept(moved)).ToArray(),
            Inputs = network.Inputs.Select(port => Renumbered(port, kept)).ToArray(),
            Outputs = network.Outputs.Select(port => Renumbered(port, kept)).ToArray(),
        };
    }

    private static WordPort Renumbered(WordPort port, int[] kept) => port with
    {
        Elements = port.Elements.Select(element => element with { Node = kept[element.Node] }).ToArray(),
    };
}
