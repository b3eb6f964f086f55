using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using static System.FormattableString;

namespace HGQ.Cli.Terminal;

/// <summary>
/// How many weights and activations of a layer have how many bits, as a small bar for each width from the least to the greatest. The
/// tallest bar of a layer is that of the commonest width.
/// </summary>
internal static class WidthBars
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = ".:-=+*#@";

    /// <summary>A table with a row for each layer that has weights or formats; empty where none has.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="model">What is known of it.</param>
    /// <param name="blocks">Whether block characters can be shown; else ASCII.</param>
    public static string Print(ModelGraph graph, ModelInspection model, bool blocks)
    {
        var table = new TextTable("widths", "weights", "activations");
        var rows = 0;
        foreach ((LayerNode node, LayerInspection layer) in graph.Layers.Zip(model.Layers))
        {
            string weights = Bars(LayerWeights.Of(node)?.Bits, blocks);
            string activations = Bars(layer.Formats.Select(static format => Math.Max(0, format.Width)), blocks);
            if (weights.Length + activations.Length > 0)
            {
                table.Add(layer.Name, weights, activations);
                rows++;
            }
        }

        return rows == 0 ? "" : table.ToString();
    }

    /// <summary>The bars between the least and the greatest width, for example <c>0 █▂▁ 2</c>.</summary>
    /// <param name="bits">Widths; null or none gives no bars.</param>
    /// <param name="blocks">Whether block characters can be shown.</param>
    internal static string Bars(IEnumerable<int>? bits, bool blocks)
    {
        int[] widths = [.. bits ?? []];
        if (widths.Length == 0)
        {
            return "";
        }

        int least = widths.Min(), most = widths.Max();
        var counts = new int[most - least + 1];
        foreach (int width in widths)
        {
            counts[width - least]++;
        }

        // A width that occurs has a mark, however rare it is.
        string marks = blocks ? Blocks : Ascii;
        int tallest = counts.Max();
        string bars = string.Concat(counts.Select(count => count == 0 ? ' ' : marks[(int)(((long)count * (marks.Length - 1)) / tallest)]));
        return Invariant($"{least} {bars} {most}");
    }
}
