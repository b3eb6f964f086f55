using System;
using HGQ.Runtime.Training;

namespace HGQ.Cli.Terminal;

/// <summary>Shows how a training goes on.</summary>
internal interface ITrainingDisplay : IDisposable
{
    /// <summary>Runs the training while it is shown.</summary>
    T Show<T>(Func<ITrainingProgress, T> training);
}
