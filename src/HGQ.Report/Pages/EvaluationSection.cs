using System;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Report.Charts;
using HGQ.Report.Contents;
using HGQ.Report.Text;

namespace HGQ.Report.Pages;

/// <summary>Confusion of classes, or residuals.</summary>
internal static class EvaluationSection
{
    private const int MostClasses = 40;
    private const int MostMistakes = 20;

    public static Section? Build(ReportContent content)
    {
        if (content.Evaluation is not { Outputs.Count: > 0 } evaluation)
        {
            return null;
        }

        bool named = evaluation.Outputs.Count > 1;
        Block[] blocks =
        [
            .. evaluation.Outputs.Select((output, n) => output.Match(Confusion, r => Residuals(r, n)) with
            {
                Heading = named ? output.Output : "",
            }),
        ];
        Block head = new() { Lines = [$"On {evaluation.Rows}, by the exact integers."] };
        bool classes = evaluation.Outputs.All(static output => output.Match(static _ => true, static _ => false));
        return new Section("evaluation", classes ? "Confusion" : "Residuals", [head, .. blocks]);
    }

    private static Block Residuals(ResidualRecord record, int number) => new()
    {
        Facts = [.. record.Figures.Select(static figure => new Fact(figure.Name, Figures.Real(figure.Value)))],
        Figures = record.Errors.Count == 0 ? [] : ResidualCharts.Of(record, FormattableString.Invariant($"residuals-{number + 1}")),
    };

    private static Block Confusion(ConfusionRecord record)
    {
        int all = record.Counts.Sum(static row => row.Sum()), right = record.Counts.Select(static (row, c) => row[c]).Sum();
        string accuracy = FormattableString.Invariant($"{100.0 * right / Math.Max(1, all):F2} % ({right} of {all})");
        bool fits = record.Classes.Count <= MostClasses;
        return new Block
        {
            Facts = [new Fact("accuracy", accuracy)],
            Lines = fits
                ? ["Rows are true classes, columns what was found. Blue: rightly; orange: wrongly; the stronger, the more of the row."]
                : [$"{Figures.Count(record.Classes.Count)} classes are too many for a table; these were confused most often."],
            Grid = fits ? Grid(record) : null,
            Table = fits ? null : Mistakes(record),
        };
    }

    private static Markup Grid(ConfusionRecord record)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th class=\"side\">true \\ found</th>");
        foreach (string name in record.Classes)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{PlainText.Escape(PlainText.Short(name, 16))}</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        for (int row = 0; row < record.Classes.Count; row++)
        {
            double sum = Math.Max(1, record.Counts[row].Sum());
            html.Append(CultureInfo.InvariantCulture, $"<tr><th class=\"side\">{PlainText.Escape(record.Classes[row])}</th>");
            for (int column = 0; column < record.Classes.Count; column++)
            {
                int count = record.Counts[row][column];
                string colour = row == column ? "right" : "wrong";

                // Rare mistakes must be seen too.
                double strength = count == 0 ? 0 : 0.12 + (0.5 * Math.Sqrt(count / sum));
                string ground = $"rgba(var(--{colour}),{Figures.Size(strength)})";
                html.Append(CultureInfo.InvariantCulture, $"<td style=\"background:{ground}\">{count}</td>");
            }

            html.Append("</tr>\n");
        }

        return new Markup(html.Append("</tbody></table></div>").ToString());
    }

    private static Table Mistakes(ConfusionRecord record) => new(
        [new("true", IsText: true), new("found", IsText: true), new("rows")],
        [
            .. (from row in Enumerable.Range(0, record.Classes.Count)
                from column in Enumerable.Range(0, record.Classes.Count)
                where row != column && record.Counts[row][column] > 0
                orderby record.Counts[row][column] descending, row, column
                select new Row(
                [
                    new(record.Classes[row], IsText: true),
                    new(record.Classes[column], IsText: true),
                    new(Figures.Count(record.Counts[row][column])),
                ])).Take(MostMistakes),
        ]);
}
