using System;
using System.Diagnostics;
using System.Globalization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Cli.Terminal;

/// <summary>One plain line every few seconds, and one for the last epoch.</summary>
internal sealed class PlainTrainingDisplay(MessageWriter messages, Score score) : ITrainingDisplay, ITrainingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Interval;

    /// <inheritdoc/>
    public T Show<T>(Func<ITrainingProgress, T> training) => training(this);

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
        if (_clock.Elapsed < _next && report.Epoch != epochs - 1)
        {
            return;
        }

        _next = _clock.Elapsed + Interval;
        string figures = TrainingDisplay.Figures(report, score, remaining);
        messages.Note(string.Create(CultureInfo.InvariantCulture, $"epoch {report.Epoch + 1} of {epochs}  {figures}"));
    }

    /// <inheritdoc/>
    public void OnMessage(string message) => TrainingDisplay.Tell(messages, message);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is drawn over.
    }
}
