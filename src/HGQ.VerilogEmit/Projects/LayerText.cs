using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Naming;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What the template of a layer's module prints.</summary>
internal static class LayerText
{
    // Spaces before the lines that follow in a list of bits.
    private const int Indent = 4;

    /// <summary>The members of the template.</summary>
    /// <param name="plan">The layer.</param>
    /// <param name="netlist">The netlist that it is part of.</param>
    /// <param name="options">Options of the project.</param>
    /// <param name="enabled">Whether registers work while a signal <c>go</c> is 1 only.</param>
    public static object Model(LayerPlan plan, BitNetlist netlist, VerilogOptions options, bool enabled = false)
    {
        var names = new SignalNames();
        names.Vector("x", plan.Reads);
        foreach (var (stage, registers) in plan.Registers)
        {
            names.Vector(Invariant($"stage{stage}"), registers.Select(register => register.Output));
        }

        CellPrinter printer = options.Target == VerilogTarget.Amd ? new AmdCells(names, CarryFamily.Of(options.Part)!)
            : new GenericCells(names);
        foreach (var cell in plan.Cells)
        {
            cell.Accept(printer);
        }

        var cost = NetlistCost.Of(netlist, plan.Layer);
        return new
        {
            plan.Module,
            Comment = NameText.Comment(plan.Name),
            Cost = Invariant($"{cost.Luts} LUTs, {cost.Registers} registers"),
            HasClock = plan.Registers.Count > 0,
            IsEnabled = enabled && plan.Registers.Count > 0,
            HasInput = plan.Reads.Count > 0,
            HasOutput = plan.Gives.Count > 0,
            InputHigh = plan.Reads.Count - 1,
            OutputHigh = plan.Gives.Count - 1,
            Stages = plan.Registers.Select(stage => new
            {
                Name = Invariant($"stage{stage.Stage}"),
                High = stage.Cells.Count - 1,
                Inputs = names.Join(stage.Cells.Select(register => register.Input), 6),
            }).ToArray(),
            printer.Lines,
            Outputs = plan.Gives.Count > 0 ? names.Join(plan.Gives, Indent) : "",
        };
    }
}
