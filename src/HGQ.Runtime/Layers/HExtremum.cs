using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Element-wise maximum of two or more inputs, then the output quantizer. Costs no EBOPs.</summary>
public sealed class HMaximum : ElementwiseLayer
{
    /// <summary>A layer that takes maxima.</summary>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HMaximum(IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) =>
        QuantizeOutput(inputs.Aggregate((a, b) => a.Maximum(b)));

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [Hgq2Count.AllButLeast(InputWidths(), 1)];
}

/// <summary>Element-wise minimum of two or more inputs, then the output quantizer. Costs no EBOPs.</summary>
public sealed class HMinimum : ElementwiseLayer
{
    /// <summary>A layer that takes minima.</summary>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HMinimum(IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) =>
        QuantizeOutput(inputs.Aggregate((a, b) => a.Minimum(b)));

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [Hgq2Count.AllButLeast(InputWidths(), 1)];
}
