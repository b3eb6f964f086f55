using System.Collections.Generic;

namespace HGQ.Testing.Pages;

/// <summary>What a browser shows of a page.</summary>
/// <param name="Texts">Texts that were measured.</param>
/// <param name="Overlaps">Pairs of texts that lie on each other.</param>
/// <param name="Cut">Texts that leave the window or their picture.</param>
/// <param name="Faint">Texts whose contrast to what is behind them is below 4.5 (WCAG 2.1, AA), with it.</param>
/// <param name="Charts">Pictures by label that have a size and marks in them.</param>
/// <param name="Empty">Pictures by label that show nothing.</param>
/// <param name="Background">Colour of the page.</param>
/// <param name="Overflow">Pixels by which the page is wider than the window.</param>
public sealed record PageMeasures(
    int Texts,
    IReadOnlyList<string> Overlaps,
    IReadOnlyList<string> Cut,
    IReadOnlyList<string> Faint,
    IReadOnlyList<string> Charts,
    IReadOnlyList<string> Empty,
    string Background,
    double Overflow);
