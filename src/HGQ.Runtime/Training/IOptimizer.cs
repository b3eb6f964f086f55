using System.Collections.Generic;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>What the trainer needs of an optimizer.</summary>
public interface IOptimizer
{
    /// <summary>Forgets the gradients.</summary>
    void ZeroGradients();

    /// <summary>One update with the gradients at hand.</summary>
    void Step(double learningRate);

    /// <summary>Updates so far; set when a checkpoint is restored.</summary>
    long StepCount { get; set; }

    /// <summary>The tensors that decide all later updates beside <see cref="StepCount"/>, by unique names in a fixed order.</summary>
    IReadOnlyList<(string Name, torch.Tensor Tensor)> State { get; }
}
