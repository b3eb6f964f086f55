using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Sum of two or more inputs, then the output quantizer. Adders cost no EBOPs.</summary>
public sealed class HAdd : ElementwiseLayer
{
    /// <summary>An adding layer.</summary>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HAdd(IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) =>
        QuantizeOutput(inputs.Aggregate((a, b) => a.Add(b)));

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [Hgq2Count.AllButLeast(InputWidths(), Hgq2Count.AdderFactor)];
}

/// <summary>Difference of two inputs, then the output quantizer. Adders cost no EBOPs.</summary>
public sealed class HSubtract : ElementwiseLayer
{
    /// <summary>A subtracting layer.</summary>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HSubtract(IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (2, 2);

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => QuantizeOutput(inputs[0].Subtract(inputs[1]));

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => Owner is HSoftmax
        ? [Hgq2Count.Sum(OutputBits(), Hgq2Count.Repeats(OutputBits(), OutputShape))]
        : [Hgq2Count.Sum(InputWidths().Aggregate((a, b) => a.Maximum(b)))];
}
