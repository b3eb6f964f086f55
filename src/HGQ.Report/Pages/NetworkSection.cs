using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Inspection;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Pictures;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>The network as a picture, and what each layer costs.</summary>
internal static class NetworkSection
{
    public static Section Build(ReportContent content, ModelInspection model)
    {
        Dictionary<string, LayerHardware> hardware = content.Hardware?.Layers.ToDictionary(
            static layer => layer.Layer, StringComparer.Ordinal) ?? [];
        bool counted = hardware.Count > 0;
        string[] names = ["EBOPs", "adders", .. counted ? ["LUTs", "registers"] : Array.Empty<string>()];
        double[][] costs = [.. model.Layers.Select(layer => Costs(layer, counted, hardware.GetValueOrDefault(layer.Name)))];
        double[] most = [.. names.Select((_, c) => costs.Select(row => row[c]).DefaultIfEmpty(0).Max())];
        Cell[] head =
        [
            new("layer", IsText: true), new("kind", IsText: true), new("shape", IsText: true), new("weights that are not 0"),
            .. names.Select(static name => new Cell(name)), new("tables"),
        ];
        Row[] rows = [.. model.Layers.Select((layer, n) => new Row(
        [
            new(layer.Name, IsText: true), new(layer.Kind, IsText: true), new(layer.Shape.ToString(), IsText: true),
            new(layer.Weights == 0 ? Figures.None : FormattableString.Invariant($"{layer.NonzeroWeights} of {layer.Weights}")),
            .. costs[n].Select((cost, c) => cost == 0 ? new Cell(Figures.None) : new Cell(Figures.Ebops(cost), Share: cost / most[c])),
            new(layer.Tables == 0 ? Figures.None : FormattableString.Invariant($"{layer.Tables} ({layer.TableBits} bits)")),
        ]))];
        return new Section(
            "network",
            "Network",
            [
                new Block { Figures = [new Figure("Layers in the order of computation", NetworkPicture.Draw(model), [])] },
                new Block
                {
                    Heading = "What each layer costs",
                    Lines = [Explanation(content.Hardware)],
                    Table = new Table(head, rows),
                },
            ]);
    }

    private static double[] Costs(LayerInspection layer, bool counted, LayerHardware? hardware)
    {
        double[] always = [layer.Ebops, layer.Adders];
        return counted ? [.. always, hardware?.Cost.Luts ?? 0, hardware?.Cost.Registers ?? 0] : always;
    }

    private static string Explanation(HardwareReport? hardware) =>
        "EBOPs: for each multiplication the bits of the weight times the bits of what it multiplies. Adders: of the sums as shifted "
        + "summands, without sharing, of one position."
        + (hardware is { } report
            ? FormattableString.Invariant(
                $" LUTs and registers: as hgq emit verilog maps them, {report.Total.StrictLuts} LUTs counted strictly, ")
                + FormattableString.Invariant($"{report.Stages} stages of at most {report.StageLevels} levels.")
            : "");
}
