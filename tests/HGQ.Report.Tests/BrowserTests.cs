using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Report.Contents;
using HGQ.Testing;
using HGQ.Testing.Pages;

namespace HGQ.Report.Tests;

/// <summary>Pages as a browser shows them.</summary>
public sealed class BrowserTests
{
    private const string Faults =
        "<p style=\"margin-bottom:-1.4em\">lower</p><p>upper</p><p style=\"color:#bbb;background:#fff\">pale</p>"
        + "<svg aria-label=\"nothing\" width=\"40\"></svg>"
        + "<p style=\"position:absolute;left:3000px\">far</p>";

    [ToolTheory(Browser.Program)]
    [InlineData(false, 1160)]
    [InlineData(true, 1160)]
    [InlineData(false, 600)]
    public async Task A_page_has_all_charts_and_no_text_on_another(bool dark, int width)
    {
        using var folder = new TemporaryFolder();
        string page = Write(folder, SampleRun.Content());
        PageMeasures seen = await Browser.MeasureAsync(page, dark, width);

        AssertLegible(seen);
        Assert.InRange(seen.Texts, 900, int.MaxValue);
        Assert.Equal(dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)", seen.Background);
        string[] expected =
        [
            "Validation and test accuracy in % against EBOPs",
            "Validation and test accuracy in % against LUTs",
            "Training loss, without cost",
            "Validation accuracy in %, running",
            "EBOPs, running",
            "β, the price of a bit operation",
            "Learning rate",
            "the network",
            "Weights",
            "weights by their bits",
            "Activations",
            "activations by their bits",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Charts.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(SampleRun.Model.Layers.Length - 2, seen.Charts.Count(static label => label == "Weights"));
    }

    [ToolFact(Browser.Program)]
    public async Task Residuals_convolutions_and_hostile_names_are_legible_too()
    {
        using var folder = new TemporaryFolder();
        PageMeasures regression = await Browser.MeasureAsync(Write(folder, SampleRun.Regression()), dark: true);
        AssertLegible(regression);
        Assert.Contains("output − target", regression.Charts);
        Assert.Contains("Output − target against the target", regression.Charts);
        AssertLegible(await Browser.MeasureAsync(Write(folder, SampleRun.Content(SampleRun.Hostile)), dark: false));
    }

    /// <summary>The page as it is: nothing is fetched, no script is refused, since there is none.</summary>
    [ToolTheory(Browser.Program)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_console_is_silent_and_a_picture_and_a_print_are_made(bool dark)
    {
        using var folder = new TemporaryFolder();
        string page = Write(folder, SampleRun.Content(SampleRun.Hostile));
        string picture = folder.Combine("page.png"), print = folder.Combine("page.pdf");
        Assert.Empty(await Browser.ShowAsync(page, picture, dark));
        Assert.InRange(new FileInfo(picture).Length, 50_000, int.MaxValue);
        await Browser.PrintAsync(page, print);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync(print), StringComparison.Ordinal);
    }

    /// <summary>The measures find what they look for.</summary>
    [ToolFact(Browser.Program)]
    public async Task A_page_with_faults_is_noticed()
    {
        using var folder = new TemporaryFolder();
        string page = Write(folder, SampleRun.Content());
        File.WriteAllText(page, File.ReadAllText(page).Replace("<body>", "<body>" + Faults, StringComparison.Ordinal));
        PageMeasures seen = await Browser.MeasureAsync(page, dark: false);
        Assert.Contains("lower | upper", seen.Overlaps);
        Assert.Contains(seen.Faint, static text => text.StartsWith("pale: ", StringComparison.Ordinal));
        Assert.Contains("nothing", seen.Empty);
        Assert.Contains("far", seen.Cut);
        Assert.InRange(seen.Overflow, 100, 10_000);
    }

    private static void AssertLegible(PageMeasures seen)
    {
        Assert.Empty(seen.Overlaps);
        Assert.Empty(seen.Cut);
        Assert.Empty(seen.Faint);
        Assert.Empty(seen.Empty);
        Assert.Equal(0, seen.Overflow);
    }

    private static string Write(TemporaryFolder folder, ReportContent content)
    {
        string page = folder.Combine("report.html");
        File.WriteAllText(page, HtmlReport.Write(content));
        return page;
    }
}
