using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Cost;

/// <summary>A part of a layer's EBOPs: Factor · Σ Left·Right. Every product of widths has this form.</summary>
/// <param name="Left">Differentiable widths of any shape.</param>
/// <param name="Right">Differentiable widths, as many.</param>
/// <param name="Factor">For example parallel factor over positions.</param>
public sealed record CostTerm(torch.Tensor Left, torch.Tensor Right, double Factor = 1)
{
    /// <summary>The differentiable value.</summary>
    public torch.Tensor Value() => Left.Reshape(-1).Dot(Right.Reshape(-1)).Multiply(Factor);
}
