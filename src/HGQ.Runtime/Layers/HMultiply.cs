using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Element-wise product of two inputs, then the output quantizer. EBOPs = Σ bits·bits.</summary>
public sealed class HMultiply : ElementwiseLayer
{
    /// <summary>A multiplying layer.</summary>
    /// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HMultiply(double beta = 0, IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta, paq)
    {
    }

    /// <inheritdoc/>
    public override bool HasEbops => true;

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (2, 2);

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => QuantizeOutput(inputs[0].Multiply(inputs[1]));

    /// <inheritdoc/>
    public override IEnumerable<CostTerm> CostTerms()
    {
        long[] shape = [1, .. OutputShape];
        yield return new CostTerm(InputBits(0).BroadcastTo(shape).Contiguous(), InputBits(1).BroadcastTo(shape).Contiguous());
    }

    /// <inheritdoc/>
    protected override double ComputeExactEbops()
    {
        int[] Indices(int input) => FixedPointBits.BroadcastIndices(Inputs[input].OutputShape, OutputShape);
        var (a, b) = (Inputs[0].ExactOutputWidths(), Inputs[1].ExactOutputWidths());
        return Indices(0).Zip(Indices(1), (i, j) => a[i] * b[j]).Sum();
    }
}
