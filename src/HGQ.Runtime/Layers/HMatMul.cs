using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Matrix product of two activations (attention), then the output quantizer. EBOPs = Σ bits·bits over all products.</summary>
public sealed class HMatMul : QuantizedOutputLayer
{
    /// <summary>A multiplying layer: [batch, …, rows, inner] · [batch, …, inner, columns].</summary>
    /// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HMatMul(double beta = 0, IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta, paq)
    {
    }

    /// <inheritdoc/>
    public override bool HasEbops => true;

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (2, 2);

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => QuantizeOutput(inputs[0].MatMul(inputs[1]));

    /// <inheritdoc/>
    public override IEnumerable<CostTerm> CostTerms()
    {
        // Σ over rows and columns first: Σ_i (Σ_r left[r, i]) · (Σ_c right[i, c]).
        yield return new CostTerm(InputBits(0).Sum([-2L]).Contiguous(), InputBits(1).Sum([-1L]).Contiguous());
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var (left, right) = (inputShapes[0], inputShapes[1]);
        if (left.Count < 2 || left.Count != right.Count || left[^1] != right[^2] || !left.SkipLast(2).SequenceEqual(right.SkipLast(2)))
        {
            throw new ArgumentException(
                $"The layer {Label} can't multiply [{string.Join(", ", left)}] by [{string.Join(", ", right)}].", nameof(inputShapes));
        }

        long[] shape = [.. left.SkipLast(1), right[^1]];
        BuildActivationQuantizer(shape, AutoRounding(shape.Length, hasBias: false));
        return shape;
    }

    /// <inheritdoc/>
    protected override double ComputeExactEbops()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor Widths(int input) => NewTensor.Of(Inputs[input].ExactOutputWidths(), [.. Inputs[input].OutputShape]);
        return Widths(0).MatMul(Widths(1)).Sum().Number();
    }
}
