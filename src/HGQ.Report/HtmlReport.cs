using System;
using HGQ.Report.Contents;
using HGQ.Report.Pages;
using HGQ.Report.Text;

namespace HGQ.Report;

/// <summary>
/// Writes a model, the run that trained it, or a sweep of many runs as one HTML page. The same content gives the same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>How every page begins: tells a page of ours from another file.</summary>
    public const string Beginning =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"hgq report\">";

    /// <summary>The page, in UTF-8 as it says itself: without scripts, without references to anything outside of it.</summary>
    /// <param name="content">What it shows.</param>
    /// <exception cref="HGQ.Model.Graph.ModelGraphException">The model can't be represented; the message names the layer.</exception>
    public static string Write(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return PageTemplate.Render(PageBuilder.Build(content));
    }

    /// <summary>The page of a sweep: the same promises.</summary>
    /// <param name="content">What it shows; one model at least.</param>
    public static string Write(SweepContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return PageTemplate.Render(SweepPageBuilder.Build(content));
    }
}
