using System;
using System.Threading;
using HGQ.Runtime.Training;

namespace HGQ.Runtime.Runs;

/// <summary>
/// Passes on what one of several trainings at a time says: messages with the number of the seed, epochs of the first one only.
/// </summary>
internal sealed class SeedProgress(ITrainingProgress inner, int index, int seeds, Lock gate) : ITrainingProgress
{
    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
        // With two workers every other training is the first one of a pair.
        if (index % 2 == 0)
        {
            lock (gate)
            {
                inner.OnEpoch(report, epochs, remaining);
            }
        }
    }

    /// <inheritdoc/>
    public void OnMessage(string message)
    {
        lock (gate)
        {
            inner.OnMessage(seeds == 1 ? message : FormattableString.Invariant($"seed {index + 1} of {seeds}: {message}"));
        }
    }
}
