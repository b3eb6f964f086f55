using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Names;

namespace HGQ.VerilogEmit.Plans;

/// <summary>A netlist as modules: everything that is printed, and every name.</summary>
/// <param name="Top">Name of the top module.</param>
/// <param name="Netlist">The netlist.</param>
/// <param name="Inputs">Ports of codes.</param>
/// <param name="Outputs">Ports of results.</param>
/// <param name="Layers">A module for each layer that has cells.</param>
internal sealed record DesignPlan(
    string Top, BitNetlist Netlist, IReadOnlyList<PortPlan> Inputs, IReadOnlyList<PortPlan> Outputs, IReadOnlyList<LayerPlan> Layers)
{
    /// <summary>Bits of all codes.</summary>
    public int InputBits => Inputs.Sum(port => port.Width);

    /// <summary>Bits of all results.</summary>
    public int OutputBits => Outputs.Sum(port => port.Width);

    /// <summary>Plans the modules of a netlist.</summary>
    public static DesignPlan Of(string top, BitNetlist netlist)
    {
        var names = new ProjectNames(top);
        var inputs = PortPlan.Of(netlist.Inputs, names);
        var outputs = PortPlan.Of(netlist.Outputs, names);
        return new DesignPlan(top, netlist, inputs, outputs, PlanLayers(netlist, names));
    }

    /// <summary>The modules of the layers of a netlist.</summary>
    public static IReadOnlyList<LayerPlan> PlanLayers(BitNetlist netlist, ProjectNames names)
    {
        // The layer that writes each signal; ports write the others.
        var writer = Enumerable.Repeat(-1, netlist.SignalCount).ToArray();
        var registers = new int[netlist.SignalCount];
        var reads = netlist.Layers.Select(_ => new SortedSet<int>()).ToArray();
        var gives = netlist.Layers.Select(_ => new SortedSet<int>()).ToArray();
        var outputs = netlist.Outputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals);
        foreach (var cell in netlist.Cells)
        {
            var signals = CellSignals.Of(cell);
            foreach (int signal in signals.Written)
            {
                writer[signal] = cell.Layer;
                registers[signal] = signals.Read.Select(read => registers[read]).DefaultIfEmpty(0).Max() + (cell is RegisterCell ? 1 : 0);
            }

            foreach (int signal in signals.Read.Where(signal => signal > 1 && writer[signal] != cell.Layer))
            {
                reads[cell.Layer].Add(signal);
                Give(signal);
            }
        }

        foreach (int signal in outputs)
        {
            Give(signal);
        }

        return [.. netlist.Cells.GroupBy(cell => cell.Layer).OrderBy(layer => layer.Key).Select(layer =>
        {
            string identifier = names.Layer(netlist.Layers[layer.Key]);
            var stages = layer.OfType<RegisterCell>().GroupBy(cell => registers[cell.Output]).OrderBy(stage => stage.Key)
                .Select(stage => (stage.Key, (IReadOnlyList<RegisterCell>)[.. stage])).ToList();
            return new LayerPlan(
                layer.Key, netlist.Layers[layer.Key], names.Module(identifier), identifier,
                    [.. layer.Where(cell => cell is not RegisterCell)],
                stages, [.. reads[layer.Key]], [.. gives[layer.Key]]);
        })];

        void Give(int signal)
        {
            if (writer[signal] >= 0)
            {
                gives[writer[signal]].Add(signal);
            }
        }
    }
}
