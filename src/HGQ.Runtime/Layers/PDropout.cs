using System;
using System.Collections.Generic;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Sets elements to 0 at random while training; nothing at inference.</summary>
public sealed class PDropout : PassiveLayer
{
    /// <summary>A dropout layer.</summary>
    /// <param name="rate">Probability of 0, below 1; the others are scaled by 1/(1 − rate).</param>
    /// <param name="name">Unique in its model.</param>
    public PDropout(double rate, string? name = null)
        : base(name)
    {
        if (!(rate >= 0 && rate < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The share of the elements that are dropped: 0 or more, and less than 1.");
        }

        Rate = rate;
    }

    /// <summary>Probability of 0.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) =>
        Rate == 0 || !training ? inputs[0] : NetworkFunctions.Dropout(inputs[0], Rate);

    /// <inheritdoc/>
    protected override torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs) => inputs[0];

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) => inputShapes[0];
}
