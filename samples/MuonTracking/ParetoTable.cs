using System;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Runs;

namespace MuonTracking;

/// <summary>Prints resolution against cost.</summary>
internal static class ParetoTable
{
    private const int MostRows = 12;

    /// <summary>At most twelve points of the front, the chosen one marked; figures are those of the exported integers.</summary>
    public static void Print(RunResult result)
    {
        Console.WriteLine();
        Console.WriteLine("    EBOPs  non-zero  validation mrad  test mrad");
        int step = Math.Max(1, (result.Front.Count + MostRows - 1) / MostRows);
        for (int n = 0; n < result.Front.Count; n++)
        {
            FrontPoint point = result.Front[n];
            bool chosen = ReferenceEquals(point, result.Chosen);
            if (n % step == 0 || chosen || n == result.Front.Count - 1)
            {
                double validation = result.Score.Displayed(point.Validation), test = result.Score.Displayed(point.Test ?? double.NaN);
                Console.WriteLine($"{point.Ebops,9} {point.NonZero,9} {validation,16:F2} {test,10:F2}{(chosen ? "  ← chosen" : string.Empty)}");
            }
        }

        Console.WriteLine();
    }
}
