using System;
using System.Text;
using HGQ.Runtime.Evaluation;

namespace HGQ.Runtime.Runs;

/// <summary>The text of <c>candidates.csv</c>: what every candidate costs and is worth, also of those that are not on the front.</summary>
internal static class CandidateTable
{
    /// <summary>Prints it, with a header line; numbers round-trip.</summary>
    public static string Print(RunResult result)
    {
        var text = new StringBuilder("ebops,validation_score,nonzero_weights,origin\n");
        foreach (FrontPoint point in result.All)
        {
            string origin = point.Origin ?? FormattableString.Invariant($"epoch {point.Epoch + 1}");
            text.Append(FormattableString.Invariant(
                $"{point.Ebops},{result.Score.Displayed(point.Validation):R},{point.NonZero},\"{origin}\"\n"));
        }

        return text.ToString();
    }
}
