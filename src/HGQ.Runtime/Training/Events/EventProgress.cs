using System;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Training.Events;

/// <summary>Writes the figures of every epoch of a training for TensorBoard, and passes everything on.</summary>
internal sealed class EventProgress : ITrainingProgress, IDisposable
{
    private readonly ITrainingProgress _inner;
    private readonly Score _score;
    private readonly EventFile _file;

    /// <summary>Begins a file.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="score">What epochs are judged by.</param>
    /// <param name="inner">Hears everything too.</param>
    public EventProgress(string folder, Score score, ITrainingProgress inner) =>
        (_inner, _score, _file) = (inner, score, new EventFile(folder, TimeProvider.System));

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
        _file.Add(
            report.Epoch + 1,
            [
                ("loss", report.Loss),
                ("validation/" + _score.Name.Replace(' ', '_'), _score.Displayed(report.Score)),
                ("ebops", report.Ebops),
                ("beta", report.Beta),
                ("learning_rate", report.LearningRate),
            ]);
        _inner.OnEpoch(report, epochs, remaining);
    }

    /// <inheritdoc/>
    public void OnMessage(string message) => _inner.OnMessage(message);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
