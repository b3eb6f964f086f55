using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Inspection;
using HGQ.Model.Verification;
using HGQ.Report.Contents;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>What the layers' formats hold, what they held on the rows, and what left them.</summary>
internal static class RangeSection
{
    public static Section Build(ReportContent content, ModelInspection model) =>
        new("ranges", "Ranges and overflows", [content.Evaluation is { } evaluation ? Measured(evaluation) : Formats(model)]);

    private static Block Measured(EvaluationRecord evaluation)
    {
        Cell[] head =
        [
            new("layer", IsText: true), new("least limit"), new("least found"), new("greatest found"), new("greatest limit"),
            new("range in use"), new("elements"), new("never changed"), new("overflows"), new("first overflow", IsText: true),
        ];
        var overflows = evaluation.Overflows.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
        Row[] rows = [.. evaluation.Ranges.Select(range => RowOf(range, overflows.GetValueOrDefault(range.Layer)))];
        return new Block
        {
            Lines =
            [
                $"Found on {evaluation.Rows}. Limits are those of the widest formats of a layer; the range in use is the greater end of "
                + "what was found over the greater limit.",
                "An overflow is a result that left the range of its own format, and was wrapped or clamped.",
            ],
            Table = new Table(head, rows),
        };
    }

    private static Row RowOf(LayerRange range, LayerOverflows? overflows)
    {
        double limit = Math.Max(-range.LowestLimit, range.HighestLimit), found = Math.Max(Math.Abs(range.Least), Math.Abs(range.Greatest));
        double share = limit > 0 ? Math.Min(1, found / limit) : 0;
        return new Row(
        [
            new(range.Layer, IsText: true), new(Figures.Real(range.LowestLimit)), new(Figures.Real(range.Least)),
            new(Figures.Real(range.Greatest)), new(Figures.Real(range.HighestLimit)),
            limit > 0 ? new Cell(Figures.Size(100 * share) + " %", Share: share) : new Cell(Figures.None),
            new(Figures.Count(range.Elements)), new(Figures.Count(range.Unchanged)),
            new(overflows is null ? Figures.None : FormattableString.Invariant($"{overflows.Overflows} of {overflows.Elements}")),
            new(
                overflows?.First is { } first ? FormattableString.Invariant($"row {first.Sample}, element {first.Element}") : "",
                IsText: true),
        ]);
    }

    private static Block Formats(ModelInspection model) => new()
    {
        Lines = ["Limits of the formats. With rows (--data) the page also shows what was found, and overflows."],
        Table = new Table(
            [new("layer", IsText: true), new("least limit"), new("greatest limit"), new("finest step"), new("elements"), new("constant")],
            [
                .. model.Layers.Where(static layer => layer.Formats.Length > 0).Select(static layer => new Row(
                [
                    new(layer.Name, IsText: true),
                    new(Figures.Real(layer.Formats.Min(static f => f.MinValue))),
                    new(Figures.Real(layer.Formats.Max(static f => f.MaxValue))),
                    new(Figures.Real(layer.Formats.Where(static f => !f.IsZero).Select(static f => f.Step).DefaultIfEmpty(0).Min())),
                    new(Figures.Count(layer.Formats.Length)),
                    new(Figures.Count(layer.Constant)),
                ])),
            ]),
    };
}
