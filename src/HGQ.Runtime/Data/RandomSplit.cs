using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Randomness;

namespace HGQ.Runtime.Data;

/// <summary>A seeded random split; stratified, every class has its share in every part (to within a row).</summary>
/// <param name="Validation">Share of the rows for validation.</param>
/// <param name="Test">Share of the rows for the test.</param>
/// <param name="Seed">Seed of the generator.</param>
/// <param name="Stratified">Whether classes are parted one by one; without effect on regression.</param>
public sealed record RandomSplit(double Validation = 0.2, double Test = 0.2, ulong Seed = 0, bool Stratified = true) : SplitRule
{
    private protected override RowSplit SplitRows(Dataset data)
    {
        var random = new DeterministicRandom(Seed);
        var parts = new SplitPart[data.Count];
        foreach (int[] stratum in Strata(data))
        {
            random.Shuffle(stratum);
            int test = Share(Test, stratum.Length);
            int validation = Share(Validation, stratum.Length);
            for (int i = 0; i < test + validation && i < stratum.Length; i++)
            {
                parts[stratum[i]] = i < test ? SplitPart.Test : SplitPart.Validation;
            }
        }

        return Collect(data.Count, row => parts[row]);
    }

    private static int Share(double share, int rows) => (int)Math.Round(share * rows, MidpointRounding.AwayFromZero);

    private IEnumerable<int[]> Strata(Dataset data) => Stratified && data.Target is ClassLabels classes
        ? Enumerable.Range(0, data.Count).GroupBy(row => classes.Labels[row]).OrderBy(static g => g.Key).Select(static g => g.ToArray())
        : [Enumerable.Range(0, data.Count).ToArray()];
}
