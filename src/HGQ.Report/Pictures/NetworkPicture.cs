using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Inspection;
using HGQ.Report.Text;

namespace HGQ.Report.Pictures;

/// <summary>
/// The network as a picture: a box for each layer, in the order of computation. What a layer reads from the one above is an arrow between
/// the boxes; what it reads from further up runs in a lane beside them, so that no line crosses a box.
/// </summary>
internal static class NetworkPicture
{
    private const int BoxWidth = 380;
    private const int BoxHeight = 44;
    private const int Gap = 22;
    private const int LaneWidth = 14;
    private const int Margin = 8;

    /// <summary>Draws a model.</summary>
    public static Markup Draw(ModelInspection model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<string, int> rows = model.Layers.Select(static (layer, row) => (layer.Name, row)).ToDictionary(
            static pair => pair.Name, static pair => pair.row, StringComparer.Ordinal);
        (int From, int To)[] edges =
            [.. model.Layers.SelectMany((layer, row) => layer.Inputs.Select(input => (rows[input], row)).Distinct())];
        (int From, int To)[] far =
            [.. edges.Where(static e => e.To - e.From > 1).OrderBy(static e => e.To - e.From).ThenBy(static e => e.From)];
        int[] lanes = Lanes(far, out int count);
        int width = BoxWidth + (2 * Margin) + (count == 0 ? 0 : (count + 1) * LaneWidth);
        int height = (model.Layers.Length * (BoxHeight + Gap)) - Gap + (2 * Margin);
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"network\" role=\"img\" aria-label=\"the network\" width=\"{width}\" viewBox=\"0 0 {width} {height}\">"));
        foreach ((int from, int to) in edges.Where(static e => e.To - e.From == 1))
        {
            Arrow(svg, from, to);
        }

        for (int e = 0; e < far.Length; e++)
        {
            Lane(svg, far[e].From, far[e].To, BoxWidth + Margin + ((lanes[e] + 1) * LaneWidth));
        }

        for (int row = 0; row < model.Layers.Length; row++)
        {
            Box(svg, model.Layers[row], row, model.Outputs.Any(o => o.Name == model.Layers[row].Name));
        }

        return new Markup(svg.Append("</svg>").ToString());
    }

    // The first lane in which nothing else runs between these rows.
    private static int[] Lanes((int From, int To)[] edges, out int count)
    {
        List<List<(int From, int To)>> lanes = [];
        var found = new int[edges.Length];
        for (int e = 0; e < edges.Length; e++)
        {
            (int from, int to) = edges[e];
            found[e] = lanes.FindIndex(lane => lane.TrueForAll(other => other.To <= from || other.From >= to));
            if (found[e] < 0)
            {
                found[e] = lanes.Count;
                lanes.Add([]);
            }

            lanes[found[e]].Add(edges[e]);
        }

        count = lanes.Count;
        return found;
    }

    private static int Top(int row) => Margin + (row * (BoxHeight + Gap));

    private static void Arrow(StringBuilder svg, int from, int to)
    {
        int x = Margin + (BoxWidth / 2), end = Top(to);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"edge\" d=\"M{x} {Top(from) + BoxHeight}V{end - 5}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"head\" d=\"M{x} {end}l-4 -7h8z\"/>");
    }

    private static void Lane(StringBuilder svg, int from, int to, int x)
    {
        int start = Margin + BoxWidth, top = Top(from) + (BoxHeight * 2 / 3), bottom = Top(to) + (BoxHeight / 3);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"edge\" d=\"M{start} {top}H{x}V{bottom}H{start + 5}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"head\" d=\"M{start} {bottom}l7 -4v8z\"/>");
    }

    private static void Box(StringBuilder svg, LayerInspection layer, int row, bool isOutput)
    {
        int y = Top(row);
        string facts = $"{layer.Kind} {layer.Shape}, {Bits(layer)}" + (isOutput ? ", output" : "");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"box\" x=\"{Margin}\" y=\"{y}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"5\"/>");
        Line("name", y + 18, layer.Name, 44);
        Line("facts", y + 35, facts, 56);

        void Line(string kind, int at, string text, int most) => svg.Append(
            CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{Margin + 12}\" y=\"{at}\">{Escaped(text, most)}</text>");
    }

    private static string Escaped(string text, int most) => PlainText.Escape(PlainText.Short(text, most));

    private static string Bits(LayerInspection layer)
    {
        if (layer.Formats.Length == 0)
        {
            return "reals";
        }

        int least = layer.Formats.Min(Width), most = layer.Formats.Max(Width);
        return least == most ? FormattableString.Invariant($"{least} bits") : FormattableString.Invariant($"{least} to {most} bits");
    }

    private static int Width(FixedPointFormat format) => Math.Max(0, format.Width);
}
