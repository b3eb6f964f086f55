using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Nodes at whose end results get formats: an input port, or one whose numbers grow, with the limits behind it.</summary>
/// <param name="Nodes">The nodes, one behind the other.</param>
/// <param name="Depth">Sites on the longest way to it, itself included.</param>
/// <param name="KeepsBits">Whether results leave the model as they are.</param>
/// <param name="FeedsTable">Whether the only reader is a function.</param>
internal sealed record Site(IReadOnlyList<FloatNode> Nodes, int Depth, bool KeepsBits, bool FeedsTable)
{
    public FloatNode First => Nodes[0];

    public FloatNode Last => Nodes[^1];

    public bool IsPort => First.Layer is InputLayer;

    public bool IsFunction => First.Step is FunctionStep;

    /// <summary>Whether no result can be negative.</summary>
    public bool IsRectified => Last.Step is RectifyStep { Slope.IsZero: true } or ClipStep { Low.Sign: >= 0 };

    /// <summary>The sites of a model in topological order.</summary>
    public static IReadOnlyList<Site> Of(FloatModel model)
    {
        var sites = new List<Site>();
        var depths = new Dictionary<string, int>(System.StringComparer.Ordinal);
        foreach (FloatNode node in model.Nodes)
        {
            if (depths.ContainsKey(node.Name))
            {
                continue;
            }

            int before = node.Inputs.Length == 0 ? 0 : node.Inputs.Max(input => depths[input]);
            if (!node.Grows && node.Layer is not InputLayer)
            {
                depths[node.Name] = before;
                continue;
            }

            var nodes = new List<FloatNode> { node };
            while (node.Layer is not InputLayer && node.Step is not FunctionStep
                && model.OnlyReader(nodes[^1]) is { Step: RectifyStep or ClipStep } next)
            {
                nodes.Add(next);
            }

            foreach (FloatNode part in nodes)
            {
                depths[part.Name] = before + 1;
            }

            bool leaves = model.IsOutput(nodes[^1].Name) && model.Readers(nodes[^1].Name).Count == 0;
            sites.Add(new Site(nodes, before + 1, leaves && node.Layer is not InputLayer && node.Step is not FunctionStep,
                model.OnlyReader(nodes[^1]) is { Step: FunctionStep }));
        }

        return sites;
    }
}

/// <summary>What is chosen for a site.</summary>
/// <param name="Kernel">Weights on their grid; null where there are none.</param>
/// <param name="Bias">Summands on their grid, or null.</param>
/// <param name="WeightBits">Bits of the widest weight.</param>
/// <param name="Format">Formats of the results; null keeps all bits.</param>
/// <param name="Index">Formats in front of a table; null where what it reads has them already.</param>
/// <param name="Error">Relative error of the results.</param>
internal sealed record SiteChoice(double[]? Kernel, double[]? Bias, int WeightBits, QuantizerSpec? Format, QuantizerSpec? Index,
    double Error);
