using System;
using System.Collections.Generic;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training;

/// <summary>Tells whether the score of a training has fallen so far that what follows will not be wanted.</summary>
internal static class CollapsedScore
{
    /// <summary>Whether no candidate epoch of the cosine period that has just ended comes near the smallest error.</summary>
    /// <param name="epochs">The epochs so far.</param>
    /// <param name="rate">The schedule of the learning rate; only cosine periods are judged.</param>
    /// <param name="ratio">Error, as a multiple of the smallest one, that still counts as near.</param>
    public static bool Holds(IReadOnlyList<EpochReport> epochs, Schedule rate, double ratio)
    {
        if (rate is not CosineRestartSchedule cosine || epochs.Count < 2 * cosine.Period || epochs.Count % cosine.Period != 0)
        {
            return false;
        }

        double smallest = double.PositiveInfinity, last = double.PositiveInfinity;
        for (int e = 0; e < epochs.Count; e++)
        {
            if (CandidateEpochs.HasLowRate(rate, e))
            {
                double error = ErrorOf(epochs[e].Score);
                smallest = Math.Min(smallest, error);
                last = e >= epochs.Count - cosine.Period ? Math.Min(last, error) : last;
            }
        }

        return last > ratio * smallest;
    }

    // A score is an accuracy or a negative error: the sign tells which of the two.
    private static double ErrorOf(double score) => score < 0 ? -score : 1 - score;
}
