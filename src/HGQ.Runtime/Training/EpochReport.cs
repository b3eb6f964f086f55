using System;

namespace HGQ.Runtime.Training;

/// <summary>The figures of one epoch; running figures, which choose candidates and are not reported as results.</summary>
/// <param name="Epoch">Epoch, from 0.</param>
/// <param name="Loss">Mean task loss over the epoch's samples, without cost.</param>
/// <param name="Score">Score on the validation rows.</param>
/// <param name="Ebops">Running EBOPs at the end of the epoch.</param>
/// <param name="Beta">β of the epoch.</param>
/// <param name="LearningRate">Learning rate of the epoch.</param>
public readonly record struct EpochReport(int Epoch, double Loss, double Score, double Ebops, double Beta, double LearningRate);

/// <summary>Hears how a run goes on.</summary>
public interface ITrainingProgress
{
    /// <summary>An epoch ended.</summary>
    /// <param name="report">Its figures.</param>
    /// <param name="epochs">Epochs of the whole run.</param>
    /// <param name="remaining">Estimated time to the end of training.</param>
    void OnEpoch(EpochReport report, int epochs, TimeSpan remaining);

    /// <summary>Something else begins or ends, a line for people (calibration, a checkpoint, a warning).</summary>
    void OnMessage(string message);
}

/// <summary>Hears nothing.</summary>
public sealed class SilentProgress : ITrainingProgress
{
    /// <summary>The only one that is needed.</summary>
    public static readonly SilentProgress Instance = new();

    private SilentProgress()
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
    {
    }

    /// <inheritdoc/>
    public void OnMessage(string message)
    {
    }
}
