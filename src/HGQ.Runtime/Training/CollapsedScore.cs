using System;
using System.Collections.Generic;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Training;

/// <summary>Tells whether the score of a training has fallen so far that what follows will not be wanted.</summary>
internal static class CollapsedScore
{
    /// <summary>Whether no candidate epoch of the cosine period that has just ended has an error that is still wanted.</summary>
    /// <param name="epochs">The epochs so far.</param>
    /// <param name="rate">The schedule of the learning rate; only cosine periods are judged.</param>
    /// <param name="ratio">Error, as a multiple of the smallest one, that is still wanted (<see cref="WantedErrors"/>).</param>
    public static bool Holds(IReadOnlyList<EpochReport> epochs, Schedule rate, double ratio)
    {
        if (rate is not CosineRestartSchedule cosine || epochs.Count < 2 * cosine.Period || epochs.Count % cosine.Period != 0)
        {
            return false;
        }

        double best = double.NegativeInfinity, last = double.NegativeInfinity;
        for (int e = 0; e < epochs.Count; e++)
        {
            if (CandidateEpochs.HasLowRate(rate, e))
            {
                best = Math.Max(best, epochs[e].Score);
                last = e >= epochs.Count - cosine.Period ? Math.Max(last, epochs[e].Score) : last;
            }
        }

        return WantedErrors.Of(last) > WantedErrors.Limit(best, ratio);
    }
}
