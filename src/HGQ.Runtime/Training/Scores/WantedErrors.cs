using System;

namespace HGQ.Runtime.Training.Scores;

/// <summary>Errors that somebody may still want, for fewer EBOPs.</summary>
internal static class WantedErrors
{
    // Of an accuracy: no model is wanted that is right so much less often, however good the best one is.
    private const double LargestLoss = 0.1;

    /// <summary>The largest one.</summary>
    /// <param name="best">The best score: an accuracy, or a negative error.</param>
    /// <param name="ratio">Multiple of the smallest error that is still wanted.</param>
    public static double Limit(double best, double ratio)
    {
        double smallest = Of(best);
        return best < 0 ? ratio * smallest : Math.Min(ratio * smallest, smallest + LargestLoss);
    }

    /// <summary>The error that a score stands for: the sign tells whether it is an accuracy or a negative error.</summary>
    /// <param name="score">The score.</param>
    public static double Of(double score) => score < 0 ? -score : 1 - score;
}
