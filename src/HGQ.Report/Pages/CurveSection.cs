using HGQ.Report.Charts;
using HGQ.Report.Contents;

namespace HGQ.Report.Pages;

/// <summary>Curves over epochs.</summary>
internal static class CurveSection
{
    public static Section? Build(ReportContent content) => content.Run is { } run && CurveCharts.Of(run) is { Count: > 0 } figures
        ? new Section(
            "curves",
            "Training",
            [
                new Block
                {
                    Lines = ["Running figures of every epoch: they choose candidates, and are no results."],
                    Figures = figures,
                },
            ])
        : null;
}
