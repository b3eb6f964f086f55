using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Report.Contents;
using HGQ.Testing;
using HGQ.Testing.Pages;

namespace HGQ.Report.Tests;

/// <summary>The page of a sweep.</summary>
public sealed class SweepPageTests
{
    [Fact]
    public void A_page_begins_like_every_page_and_is_the_same_again()
    {
        string page = HtmlReport.Write(SampleSweep.Content());
        Assert.StartsWith(HtmlReport.Beginning, page, StringComparison.Ordinal);
        Assert.Equal(page, HtmlReport.Write(SampleSweep.Content()));
    }

    [Fact]
    public void The_tables_hold_provenance_values_and_tasks()
    {
        SweepContent content = SampleSweep.Content();
        string page = HtmlReport.Write(content);
        string front = Between(page, "<section id=\"front\">"), values = Between(page, "<section id=\"parameters\">");
        string tasks = Between(page, "<section id=\"tasks\">");

        SweepModelRecord[] points = [.. content.Models.Where(model => model.IsOnFront)];
        Assert.InRange(points.Length, 5, 50);
        Assert.All(points, point => Assert.Contains(
            $"<td class=\"text\">t{point.Task + 1:D4}</td>", front, StringComparison.Ordinal));
        Assert.All(points, point => Assert.Contains(
            $">pareto/{Path.GetFileName(point.File)}</td></tr>", front, StringComparison.Ordinal));
        Assert.Equal(points.Length, Count(front, "<tr><td>"));

        // beta = 1e-5: tasks 0, 2, … 14. The sixth model of each task is its best: 0.895 less 0, 0.004, 0.008, 0.002, 0.006, 0, 0.004,
        // 0.008.
        int onFront = points.Count(point => point.Task % 2 == 0);
        Assert.Contains(
            "<td class=\"text\">1e-5</td><td>8</td><td>48</td><td>89.10 %</td><td>89.50 %</td><td>4809</td><td>4550</td>"
                + $"<td>{onFront} of {points.Length}",
            values,
            StringComparison.Ordinal);
        Assert.Contains(
            "<td class=\"text\">t0001</td><td class=\"text\">finished</td><td class=\"text\">8</td><td class=\"text\">1e-5</td>"
                + "<td class=\"text\">0.0010</td><td>89.50 %</td><td>89.20 %</td><td>4550</td><td>6</td>",
            tasks,
            StringComparison.Ordinal);
        Assert.Contains("<td class=\"text\">t0017</td><td class=\"text\">failed</td>", tasks, StringComparison.Ordinal);
        Assert.Contains("<b>16 of 18</b>", page, StringComparison.Ordinal);
        Assert.Contains("2 of 18 tasks are not finished", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_users_are_escaped()
    {
        string page = HtmlReport.Write(SampleSweep.Content(name: SampleRun.Hostile));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_of_tasks_make_a_page_of_few_megabytes()
    {
        SweepContent small = SampleSweep.Content();
        SweepContent large = small with
        {
            Tasks = [.. Enumerable.Range(0, 3000).Select(n => small.Tasks[0] with { Name = FormattableString.Invariant($"t{n + 1:D4}") })],
            Models =
            [
                .. Enumerable.Range(0, 3000).SelectMany(t => Enumerable.Range(0, 6).Select(
                    m => small.Models[m] with { Task = t, IsOnFront = t == 0 && small.Models[m].IsOnFront })),
            ],
            Values = [new SweepValueRecord("hidden", "8", [.. Enumerable.Range(0, 2000)]),
                new SweepValueRecord("hidden", "4", [.. Enumerable.Range(2000, 1000)])],
            Parameters = ["hidden"],
        };
        string page = HtmlReport.Write(large);
        Assert.Contains("The first 1000 of 3000 tasks", page, StringComparison.Ordinal);
        Assert.Contains("Every 9th model is shown.", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 100_000, 4_000_000);
    }

    [ToolTheory(Browser.Program)]
    [InlineData(false, 1160, "accuracy", "letter")]
    [InlineData(true, 1160, "rms error", "letter")]
    [InlineData(false, 600, "accuracy", SampleRun.Hostile)]
    public async Task All_charts_are_there_and_no_text_lies_on_another(bool dark, int width, string score, string name)
    {
        using var folder = new TemporaryFolder();
        string page = folder.Combine("report.html");
        File.WriteAllText(page, HtmlReport.Write(SampleSweep.Content(score, name)));

        PageMeasures seen = await Browser.MeasureAsync(page, dark, width);

        Assert.Empty(seen.Overlaps);
        Assert.Empty(seen.Cut);
        Assert.Empty(seen.Faint);
        Assert.Empty(seen.Empty);
        Assert.Equal(0, seen.Overflow);
        string unit = score == "accuracy" ? " in %" : "";
        string[] expected =
        [
            $"Validation and test {score}{unit} against EBOPs",
            .. new[] { "hidden", "beta", "lr" }.SelectMany(parameter => new[]
            {
                $"Best validation {score}{unit} of each task by {parameter}", $"EBOPs of each task's best model by {parameter}",
            }),
            $"Validation {score}{unit} of all models against EBOPs, coloured by hidden",
            $"Validation {score}{unit} of all models against EBOPs, coloured by beta",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Charts.Order(StringComparer.Ordinal));
        Assert.Equal(dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)", seen.Background);
        string picture = folder.Combine("page.png");
        Assert.Empty(await Browser.ShowAsync(page, picture, dark));
        Assert.InRange(new FileInfo(picture).Length, 30_000, int.MaxValue);
    }

    private static string Between(string page, string start)
    {
        int from = page.IndexOf(start, StringComparison.Ordinal);
        Assert.NotEqual(-1, from);
        return page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
