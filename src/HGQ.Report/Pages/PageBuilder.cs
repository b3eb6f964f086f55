using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Inspection;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>Puts a page together: what is said, in which order.</summary>
internal static class PageBuilder
{
    public static PageModel Build(ReportContent content)
    {
        ModelInspection model = ModelInspection.Of(content.Model);
        Section?[] sections =
        [
            FrontSection.Build(content),
            CurveSection.Build(content),
            EvaluationSection.Build(content),
            NetworkSection.Build(content, model),
            LayerSection.Build(content, model),
            RangeSection.Build(content, model),
            OriginSection.Build(content),
        ];
        return new PageModel(
            model.Name, Subtitle(content, model), [.. Tiles(content, model)], content.Notes, [.. sections.OfType<Section>()]);
    }

    private static string Subtitle(ReportContent content, ModelInspection model)
    {
        string ports = $"{string.Join(", ", model.Inputs.Select(static i => $"{i.Name} {i.Shape}"))} → "
            + string.Join(", ", model.Outputs.Select(static o => $"{o.Name} {o.Shape}"));
        return content.Run is not { } run ? ports
            : $"{run.Title}; data {run.Data}{(run.Target is { } target ? $", target {target}" : "")}; {ports}";
    }

    private static IEnumerable<Fact> Tiles(ReportContent content, ModelInspection model)
    {
        yield return new Fact("EBOPs", Figures.Ebops(model.Ebops));
        if (content.Hardware is { } hardware)
        {
            yield return new Fact("LUTs", Figures.Count(hardware.Total.Luts));
        }

        if (content.Run is { Chosen: >= 0 and var chosen } run)
        {
            RunPoint point = run.Front[chosen];
            yield return new Fact("validation " + run.Score, Figures.Score(run, point.Validation, point.ValidationError));
            if (point.Test is not null)
            {
                yield return new Fact("test " + run.Score, Figures.Score(run, point.Test, point.TestError));
            }
        }

        yield return new Fact("weights that are not 0", FormattableString.Invariant($"{model.NonzeroWeights} of {model.Weights}"));
        yield return new Fact("adders", Figures.Count(model.Adders));
        if (content.Hardware is { } mapped)
        {
            yield return new Fact("latency", FormattableString.Invariant($"{mapped.Latency} clocks"));
        }
    }
}
