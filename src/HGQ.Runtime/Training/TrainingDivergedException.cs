using System;
using System.Globalization;

namespace HGQ.Runtime.Training;

/// <summary>The loss is no number any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="epoch">The epoch it happened in, from 0.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="inner">The error underneath.</param>
    public TrainingDivergedException(int epoch, double loss, Exception? inner = null)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {loss} in epoch {epoch}. Lower the learning rate, and check the scale of features and targets."),
            inner)
    {
    }
}
