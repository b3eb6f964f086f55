using System;
using System.Collections.Generic;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>What the trainer needs of a network.</summary>
public interface ITrainableNetwork
{
    /// <summary>The tensors that decide everything the network computes, trained or not, by unique names in a fixed order.</summary>
    IReadOnlyList<(string Name, torch.Tensor Tensor)> State { get; }

    /// <summary>Names of the layers that have a cost, in order.</summary>
    IReadOnlyList<string> CostLayers { get; }

    /// <summary>What it takes and gives; null: not known, and samples are not compared with it.</summary>
    NetworkSize? Size => null;

    /// <summary>Computes outputs in training mode: gradients, recorded ranges and the cost of this pass. Several outputs stand side by side.</summary>
    torch.Tensor Train(torch.Tensor samples);

    /// <summary>Computes the first output in inference mode; nothing is recorded.</summary>
    torch.Tensor Infer(torch.Tensor samples);

    /// <summary>Σ β·EBOPs + regularizers of the last <see cref="Train"/>, differentiable.</summary>
    torch.Tensor Cost();

    /// <summary>EBOPs of the last <see cref="Train"/>.</summary>
    double RunningEbops();

    /// <summary>Sets β of a cost layer, or of all of them where <paramref name="layer"/> is null.</summary>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    void SetBeta(string? layer, double beta);

    /// <summary>Forgets the recorded ranges of the activations.</summary>
    void ResetRanges();
}
