using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Charts;

namespace HGQ.Report.Pictures;

/// <summary>Which widths have which colour: one each up to 8 bits, wider ones together. The colours are in the style sheet.</summary>
internal static class HeatScale
{
    // The widest of each step.
    private static readonly int[] Steps = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, int.MaxValue];

    /// <summary>The step of a width, from 1; 0 for no bits.</summary>
    public static int StepOf(int bits) => bits <= 0 ? 0 : Array.FindIndex(Steps, most => bits <= most) + 1;

    /// <summary>What the colours of a map mean.</summary>
    /// <param name="bits">The widths in it.</param>
    public static IReadOnlyList<LegendEntry> Legend(IEnumerable<int> bits) =>
    [
        .. bits.Where(static b => b != HeatGrid.NoCell).Select(StepOf).Distinct().Order()
            .Select(static step => new LegendEntry(NameOf(step), "h" + Text.Figures.Count(step), "square")),
    ];

    private static string NameOf(int step)
    {
        if (step == 0)
        {
            return "0 bits";
        }

        int most = Steps[step - 1], least = step == 1 ? 1 : Steps[step - 2] + 1;
        return most == int.MaxValue ? FormattableString.Invariant($"{least} or more")
            : least == most ? Text.Figures.Count(most)
            : FormattableString.Invariant($"{least}–{most}");
    }
}
