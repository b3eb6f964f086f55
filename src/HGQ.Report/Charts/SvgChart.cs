using System;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using HGQ.Report.Text;
using OxyPlot;
using OxyPlot.Axes;

namespace HGQ.Report.Charts;

/// <summary>Charts as SVG in a page: colours of the page's style, names that are unique in it, as wide as there is room.</summary>
internal static class SvgChart
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>A chart without series.</summary>
    /// <param name="horizontal">Axis at the bottom.</param>
    /// <param name="vertical">Axis at the left, without a title: the title of the picture says what it shows.</param>
    public static PlotModel Create(Axis horizontal, Axis vertical)
    {
        ArgumentNullException.ThrowIfNull(horizontal);
        ArgumentNullException.ThrowIfNull(vertical);
        var model = new PlotModel
        {
            Culture = CultureInfo.InvariantCulture,
            DefaultFont = "sans-serif",
            DefaultFontSize = 12,
            TextColor = Palette.Muted,
            PlotAreaBorderColor = Palette.Grid,
            Background = OxyColors.Undefined,
            PlotMargins = new OxyThickness(46, double.NaN, double.NaN, double.NaN),
            Padding = new OxyThickness(2, 8, 14, 2),
        };
        (horizontal.Position, vertical.Position) = (AxisPosition.Bottom, AxisPosition.Left);
        foreach (Axis axis in new[] { horizontal, vertical })
        {
            (axis.TicklineColor, axis.MinorTicklineColor, axis.MajorGridlineColor) = (Palette.Grid, OxyColors.Undefined, Palette.Grid);
            (axis.MajorGridlineStyle, axis.MinorTickSize, axis.AxisTitleDistance) = (LineStyle.Solid, 0, 8);
            axis.TitleColor = Palette.Muted;
            model.Axes.Add(axis);
        }

        return model;
    }

    /// <summary>Draws a chart.</summary>
    /// <param name="model">The chart.</param>
    /// <param name="id">A name that no other chart of the page has.</param>
    /// <param name="label">What it shows, for people who don't see it.</param>
    /// <param name="width">Width in pixels, where there is room.</param>
    /// <param name="height">Height, likewise.</param>
    public static Markup Draw(PlotModel model, string id, string label, int width, int height)
    {
        string text = SvgExporter.ExportToString(model, width, height, isDocument: false);
        XElement svg = XDocument.Parse(text).Root!;
        foreach (XAttribute attribute in svg.DescendantsAndSelf().Attributes().Where(static a => !a.IsNamespaceDeclaration).ToArray())
        {
            Adapt(attribute, id);
        }

        svg.ReplaceAttributes(
            new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")),
            new XAttribute("width", width),
            new XAttribute("class", "chart"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", PlainText.Clean(label)));

        // In HTML elements of SVG have no namespace of their own.
        foreach (XElement element in svg.DescendantsAndSelf())
        {
            element.Name = element.Name.Namespace == Svg ? XName.Get(element.Name.LocalName) : element.Name;
        }

        return new Markup(svg.ToString(SaveOptions.DisableFormatting));
    }

    private static void Adapt(XAttribute attribute, string id)
    {
        string value = attribute.Value.Replace("clipPath", id + "-clip", StringComparison.Ordinal);
        foreach ((string colour, string variable) in Palette.Replacements())
        {
            value = value.Replace(colour, variable, StringComparison.Ordinal);
        }

        // Text takes the font of the page; a colour by a variable needs a style.
        if (attribute.Name == "font-family" || attribute.Name == "font-weight")
        {
            attribute.Remove();
        }
        else if (attribute.Name == "fill" && value.StartsWith("var(", StringComparison.Ordinal))
        {
            attribute.Parent!.SetAttributeValue("style", "fill:" + value);
            attribute.Remove();
        }
        else
        {
            attribute.Value = value;
        }
    }
}
