namespace HGQ.Report.Charts;

/// <summary>A line of a legend, which stands beside the picture and not in it, so that no label hides data.</summary>
/// <param name="Text">What the mark means.</param>
/// <param name="Colour">Colour of the mark, as the style sheet calls it.</param>
/// <param name="Shape">Its shape, as the style sheet calls it: dot, square, ring or line.</param>
internal sealed record LegendEntry(string Text, string Colour, string Shape);
