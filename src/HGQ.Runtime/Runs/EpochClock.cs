using System;
using System.Diagnostics;
using System.Threading;
using HGQ.Runtime.Training;

namespace HGQ.Runtime.Runs;

/// <summary>Measures what an epoch takes: lets a training run for a moment and stops it.</summary>
internal sealed class EpochClock : ITrainingProgress, IDisposable
{
    // The first epochs hold compilation.
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _half;
    private int _epochsOfHalf;

    /// <summary>Seconds of an epoch, from its later half of the time.</summary>
    public double Seconds { get; private set; }

    /// <summary>Trains for a moment.</summary>
    /// <param name="trainer">A trainer that is used for nothing else.</param>
    public static double Measure(Trainer trainer)
    {
        using var clock = new EpochClock();
        try
        {
            trainer.Run(clock, clock._stop.Token);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return clock.Seconds;
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
        TimeSpan now = _clock.Elapsed;
        int done = report.Epoch + 1;
        Seconds = done > _epochsOfHalf ? (now - _half).TotalSeconds / (done - _epochsOfHalf) : Seconds;
        if (_epochsOfHalf == 0 && now > LeastTime / 2)
        {
            (_half, _epochsOfHalf) = (now, done);
        }
        else if (now > LeastTime && done > _epochsOfHalf)
        {
            _stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void OnMessage(string message)
    {
        // Nobody listens.
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
