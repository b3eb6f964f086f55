using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Testing.Graphs;

/// <summary>The modes that random models draw from: all there are, so that a new one is drawn from its first day on.</summary>
public static class Modes
{
    /// <summary>Every rounding.</summary>
    public static IReadOnlyList<RoundingMode> Roundings { get; } = Enum.GetValues<RoundingMode>();

    /// <summary>Every overflow mode that has arithmetic.</summary>
    public static IReadOnlyList<OverflowMode> Overflows { get; } =
        [.. Enum.GetValues<OverflowMode>().Where(mode => mode != OverflowMode.WrapSignMagnitude)];

    /// <summary>A rounding that there is not, as a program that was made by other code may hold it.</summary>
    public static RoundingMode UnknownRounding { get; } = (RoundingMode)Roundings.Count;

    /// <summary>An overflow mode that there is not.</summary>
    public static OverflowMode UnknownOverflow { get; } = (OverflowMode)Enum.GetValues<OverflowMode>().Length;
}
