using System;
using System.Linq;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Comparisons of the precision that the vectors' README states.</summary>
internal static class Close
{
    /// <summary>Equal numbers, −0 and 0 being the same.</summary>
    public static void Exactly(double[] expected, double[] actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements in place of {expected.Length}");
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(expected[e] == actual[e], FormattableString.Invariant($"{what}[{e}]: {actual[e]:R} in place of {expected[e]:R}"));
        }
    }

    public static void Exactly(double[] expected, torch.Tensor actual, string what) => Exactly(expected, actual.Values(), what);

    /// <summary>Differences relative to the largest expected element.</summary>
    public static void Relative(double[] expected, double[] actual, double tolerance, string what) =>
        Absolute(expected, actual, tolerance * Math.Max(expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max(), 1e-30), what);

    public static void Relative(double[] expected, torch.Tensor actual, double tolerance, string what) =>
        Relative(expected, actual.Values(), tolerance, what);

    public static void Absolute(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} elements in place of {expected.Length}");
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(
                expected[e] == actual[e] || Math.Abs(expected[e] - actual[e]) <= tolerance,
                FormattableString.Invariant($"{what}[{e}]: {actual[e]:R} in place of {expected[e]:R}, tolerance {tolerance:R}"));
        }
    }
}
