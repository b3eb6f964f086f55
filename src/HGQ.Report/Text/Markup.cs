namespace HGQ.Report.Text;

/// <summary>Text that is HTML or SVG already; any other text is escaped where the page is written.</summary>
/// <param name="Text">The markup.</param>
internal sealed record Markup(string Text)
{
    /// <summary>Nothing.</summary>
    public static readonly Markup Empty = new("");
}
