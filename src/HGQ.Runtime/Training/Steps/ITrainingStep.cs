using System;
using HGQ.Runtime.Compiled;

namespace HGQ.Runtime.Training;

/// <summary>The part of a training that computes with numbers: steps and evaluations.</summary>
internal interface ITrainingStep : IDisposable
{
    /// <summary>What it is and why, for people.</summary>
    string Description { get; }

    /// <summary>Whether <see cref="Exact"/> can be asked for.</summary>
    bool HasExactFigures { get; }

    /// <summary>Before the first step of an epoch.</summary>
    void BeginEpoch(int epoch);

    /// <summary>One step; updates nothing where the loss is not finite.</summary>
    /// <param name="rows">Rows of the training samples.</param>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The mean task loss.</returns>
    double Run(ReadOnlySpan<int> rows, double rate);

    /// <summary>Score of the validation samples by the network as it is.</summary>
    double RunningScore();

    /// <summary>What an export of the network as it is would reach; null where that can't be told without one.</summary>
    ExactFigures? Exact();
}
