using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using HGQ.Report.Charts;
using HGQ.Report.Text;

namespace HGQ.Report.Pictures;

/// <summary>
/// A heat map of widths. It is a path for each colour, not a rectangle for each element: cells of one width that lie beside each other are
/// one step of the path, so that a page with a hundred thousand weights stays small.
/// </summary>
internal static class HeatMap
{
    private const int WidestPicture = 640;
    private const int LargestCell = 14;

    /// <summary>Draws a map.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="cells">The widths.</param>
    public static Figure Draw(string title, HeatGrid cells)
    {
        HeatGrid grid = cells.Reduced();
        var paths = new SortedDictionary<int, StringBuilder>();
        for (int row = 0; row < grid.Rows; row++)
        {
            AddRow(paths, grid, row);
        }

        int side = Math.Clamp(WidestPicture / grid.Columns, 1, LargestCell);
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"heat\" role=\"img\" aria-label=\"{PlainText.Escape(title)}\" "));
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{side * grid.Columns}\" viewBox=\"0 0 {grid.Columns} {grid.Rows}\">");
        foreach ((int step, StringBuilder path) in paths)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"h{step}\" d=\"{path}\"/>");
        }

        return new Figure(title, new Markup(svg.Append("</svg>").ToString()), HeatScale.Legend(grid.Bits), grid.Meaning);
    }

    private static void AddRow(SortedDictionary<int, StringBuilder> paths, HeatGrid grid, int row)
    {
        for (int first = 0, end; first < grid.Columns; first = end)
        {
            int step = StepAt(first);
            end = first + 1;
            while (end < grid.Columns && StepAt(end) == step)
            {
                end++;
            }

            if (step > 0)
            {
                if (!paths.TryGetValue(step, out StringBuilder? path))
                {
                    paths.Add(step, path = new StringBuilder());
                }

                path.Append(CultureInfo.InvariantCulture, $"M{first} {row}h{end - first}v1h{first - end}z");
            }
        }

        int StepAt(int column) => HeatScale.StepOf(grid.Bits[(row * grid.Columns) + column]);
    }
}
