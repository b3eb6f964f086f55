using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Pictures;

namespace HGQ.Report.Pages;

/// <summary>The bits of every layer's weights and activations.</summary>
internal static class LayerSection
{
    public static Section? Build(ReportContent content, ModelInspection model)
    {
        Block[] layers = [.. content.Model.Layers.Zip(model.Layers)
            .Select(static (pair, n) => BlockOf(pair.First, pair.Second, FormattableString.Invariant($"layer-{n + 1}"))).OfType<Block>()];
        string[] lines =
        [
            "Weights: bits from the highest to the lowest set one, as EBOPs count them; 0 bits is a weight of 0.",
            "Activations: bits of the format of each element of the layer's output, the sign included; 0 bits is a constant 0.",
        ];
        return layers.Length == 0 ? null : new Section("layers", "Bits", [new Block { Lines = lines }, .. layers]);
    }

    private static Block? BlockOf(LayerNode node, LayerInspection layer, string id)
    {
        List<Figure> figures = [];
        if (LayerWeights.Of(node) is { } weights)
        {
            Add(figures, id + "-w", "Weights", "weights", HeatGrid.Of(weights), weights.Bits, colour: 3);
        }

        if (layer.Formats.Length > 0)
        {
            int[] bits = [.. layer.Formats.Select(static (FixedPointFormat format) => Math.Max(0, format.Width))];
            Add(figures, id + "-a", "Activations", "activations", HeatGrid.Of(layer.Shape, bits), bits, colour: 2);
        }

        return figures.Count == 0 ? null : new Block { Heading = $"{layer.Name}: {layer.Kind} {layer.Shape}", Figures = figures };
    }

    private static void Add(List<Figure> figures, string id, string title, string what, HeatGrid grid, IReadOnlyList<int> bits, int colour)
    {
        figures.Add(HeatMap.Draw(title, grid));
        if (bits.Distinct().Count() > 1)
        {
            figures.Add(new Figure(title + " by their bits", BarChart.OfBits(id, what, bits, colour), []));
        }
    }
}
