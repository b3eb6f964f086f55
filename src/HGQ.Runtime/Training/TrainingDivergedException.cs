using System;
using System.Globalization;

namespace HGQ.Runtime.Training;

/// <summary>The loss grew without bound, or is no number any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="epoch">The epoch it happened in, from 0.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="inner">The error underneath.</param>
    public TrainingDivergedException(int epoch, double loss, Exception? inner = null)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Training diverged in epoch {epoch}: lower the learning rate (the loss became {loss}), and check the scale of all data."),
            inner)
    {
    }
}
