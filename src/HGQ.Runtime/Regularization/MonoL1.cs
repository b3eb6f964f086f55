using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Regularization;

/// <summary>l·Σ widths: monotone, so that it also pulls below 0 (Σ|widths| would not).</summary>
/// <param name="Weight">The factor l.</param>
public sealed record MonoL1(double Weight = MonoL1.DefaultWeight) : Regularizer
{
    /// <summary>The factor of the default configurations.</summary>
    public const double DefaultWeight = 1e-6;

    /// <inheritdoc/>
    public override torch.Tensor Penalty(torch.Tensor widths) => widths.Sum().Multiply(Weight);
}
