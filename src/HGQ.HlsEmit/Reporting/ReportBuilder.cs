using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Projects;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit.Reporting;

/// <summary>Adds up what the emitted layers cost.</summary>
internal static class ReportBuilder
{
    private const double Percent = 100;

    /// <summary>The report of a project whose kernels are written.</summary>
    public static HlsReport Build(IntegerProgram program, HlsOptions options, BufferLayouts layouts, PortPlan ports,
        IReadOnlyList<LayerUnit> units, FoldChoice folds, VectorSet vectors, StreamPlan? streams)
    {
        var told = new HashSet<string>();
        var (timing, period) = (TimingModel.Of(options.Part), options.ClockPeriod * (1 - (options.ClockUncertainty / Percent)));
        var layers = units.Select((unit, n) =>
        {
            // A layer in two pieces has its weights and EBOPs in the first.
            var summary = told.Add(unit.Layer) ? program.Layers.FirstOrDefault(layer => layer.Layer == unit.Layer) : null;
            var stages = timing.Stages(unit.Cost, period);
            return new HlsLayerReport(
                unit.Layer,
                unit.Name,
                summary?.Kind ?? "part",
                summary?.Shape.ToString() ?? "[]",
                Bits(layouts, unit.Receives) + ports.Inputs.Where(port => port.Instruction.Layer == unit.Layer && port.Type.Exists).Sum(port => port.Type.Width * port.Type.Length),
                Bits(layouts, unit.Sends),
                summary?.Weights ?? 0,
                summary?.NonzeroWeights ?? 0,
                summary?.Ebops ?? 0,
                unit.Cost.Adders,
                unit.Cost.Multipliers,
                unit.Cost.TableBits,
                unit.Cost.SelectorBits,
                unit.Cost.MultiplexerLuts,
                FifoBits(unit, streams),
                LineBits(unit, streams),
                HardwareEstimate.Luts(unit.Cost),
                HardwareEstimate.Dsps(unit.Cost),
                unit.Cost.Depth)
            {
                Clocks = stages == 0 ? 0 : stages + ((unit.Pipelining.Turns(unit.Position?.Comes.Count) - 1) * unit.Pipelining.Interval),
                Registers = TimingModel.Registers(unit.Cost, stages, Bits(layouts, unit.Writes)),
                Strategy = unit.Strategy,
                Fold = Fold(unit, folds.Unfolded[n]),
                DspProducts = unit.Cost.DspProducts.Values.Sum(),
            };
        }).ToArray();
        return new HlsReport(
            program.Name, options.TopName!, layers, program.Ebops, layers.Sum(l => l.Luts), layers.Sum(l => l.Dsps), layers.Sum(l => l.Depth),
                vectors.Vectors.Count, vectors.Coverage)
        {
            PartFamily = timing.Family,
            LogicPeriod = period,
            Registers = layers.Sum(layer => layer.Registers),
            Clocks = layers.Sum(layer => layer.Clocks),
            NotFolded = folds.Kept,
            Warnings = [.. layers.Where(layer => layer.MultiplexerLuts > 0 && layer.Fold is null).Select(Warning),
                .. layers.Where(IsDearer).Select(Dearer)],
        };
    }

    private static HlsFoldReport? Fold(LayerUnit unit, LayerCost? unfolded) =>
        unit.Fold is not { Plan: var plan } || unfolded is null ? null
        : new(plan.Phases, plan.Axis, plan.Lanes.Count(), unit.Cost.RomBits,
            HardwareEstimate.Luts(unfolded), HardwareEstimate.Dsps(unfolded));

    private static bool IsDearer(HlsLayerReport layer) =>
        layer.Fold is { } fold && layer.Luts >= fold.UnfoldedLuts && layer.Dsps >= fold.UnfoldedDsps;

    private static string Dearer(HlsLayerReport layer) => string.Create(
        CultureInfo.InvariantCulture,
        $"layer '{layer.Layer}' costs more folded over {layer.Fold!.Phases} clocks ({layer.Luts} LUT) than as adders "
            + $"({layer.Fold.UnfoldedLuts} LUT); leave its reuse factor out or choose a larger one");

    private static string Warning(HlsLayerReport layer) => string.Create(
        CultureInfo.InvariantCulture,
        $"layer '{layer.Layer}' is a loop over arrays: multiplexers over all positions, about {layer.MultiplexerLuts} LUTs, choose what a turn reads; streams (--io stream) need none of a layer that works position by position");

    // A stream belongs to the layer that writes it.
    private static long FifoBits(LayerUnit unit, StreamPlan? streams) => streams is null ? 0
        : unit.Sends.SelectMany(streams.Of).Sum(stream => (long)stream.Depth * stream.Tokens.Bits);

    private static long LineBits(LayerUnit unit, StreamPlan? streams) =>
        streams is null || unit.Position is not { Source: not null } form ? 0 : (long)form.Length * streams.LineOf(form).Bits;

    private static int Bits(BufferLayouts layouts, IEnumerable<int> buffers) => buffers.Select(buffer => layouts[buffer])
        .Sum(wires => Enumerable.Range(0, wires.Period).Where(wires.HasWire).Sum(channel => wires.Type(channel).Width * wires.Positions));
}
