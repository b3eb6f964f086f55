using System;
using System.Linq;
using System.Threading;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Passes;
using HGQ.Model.Hardware.Words;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Makes the bit netlist of a hardware network (docs/hardware-network.md §4). Equal networks and options give equal netlists.</summary>
public static class NetworkMapper
{
    /// <summary>Maps a network.</summary>
    /// <param name="network">A verified network.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <param name="progress">Is told after each node, on the calling thread's schedule.</param>
    /// <param name="cancellation">Ends the mapping early.</param>
    /// <returns>A verified netlist without registers.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BitNetlist Map(
        HardwareNetwork network, MappingOptions? options = null, IProgress<MappingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= MappingOptions.Default;
        network = options.Features.HasFlag(MappingFeatures.RowOperands) ? RowOperands.Apply(network) : network;
        HardwareNetworkVerifier.Verify(network);
        var draft = new NetlistDraft();
        var inputs = network.Inputs.Select(port => Port(draft, port)).ToArray();
        var mapping = new WordMapping(network, draft, options, inputs, cancellation);
        for (var n = 0; n < network.Nodes.Length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            mapping.Map(n);
            progress?.Report(new MappingProgress(network.Layers[network.Nodes[n].Layer], n + 1, network.Nodes.Length, draft.Luts));
        }

        var outputs = network.Outputs.Select(port => new BitPort(
            port.Name, port.Elements.Select(element => mapping.Output(element)).ToArray())).ToArray();
        var netlist = new BitNetlist(network.Name, draft.SignalCount, inputs, outputs, draft.Cells.ToArray(), network.Layers, 0);
        netlist = NetlistPasses.Run(netlist, options.Features.HasFlag(MappingFeatures.Trimming), options.Features.HasFlag(MappingFeatures.Pairing));
        BitNetlistVerifier.Verify(netlist);
        return netlist;
    }

    private static BitPort Port(NetlistDraft draft, WordPort port) => new(port.Name, port.Elements
        .Select(element => new BitElement(
            element.Format, Enumerable.Range(0, Math.Max(0, element.Format.Width)).Select(_ => draft.NewSignal(0)).ToArray()))
        .ToArray());
}
