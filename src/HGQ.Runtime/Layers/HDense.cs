using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Fully connected along the last dimension; leading dimensions are positions. EBOPs = Σ bits(x)·bits(W).</summary>
public class HDense : KernelLayer
{
    /// <summary>A dense layer.</summary>
    /// <param name="units">Number of outputs.</param>
    /// <param name="activation">What follows the output quantizer.</param>
    /// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kq">Quantizer of the weights; null: the default for weights.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default for outputs.</param>
    /// <param name="name">Unique in its model.</param>
    /// <param name="bq">Quantizer of the bias; null: it is quantized on the grid of the outputs.</param>
    public HDense(
        long units,
        Activation activation = Activation.Linear,
        double beta = 0,
        bool useBias = true,
        IQuantizerConfig? kq = null,
        IQuantizerConfig? paq = null,
        string? name = null,
        IQuantizerConfig? bq = null)
        : this(units, activation, beta, useBias, kq, paq, name, null, bq)
    {
    }

    private protected HDense(
        long units,
        Activation activation,
        double beta,
        bool useBias,
        IQuantizerConfig? kq,
        IQuantizerConfig? paq,
        string? name,
        BatchNormOptions? batchNorm,
        IQuantizerConfig? bq)
        : base(name, beta, activation, useBias, kq, paq, batchNorm, bq)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(units);
        Units = units;
    }

    /// <summary>Number of outputs.</summary>
    public long Units { get; }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs)
    {
        var (kernel, bias) = Fold(kernel => Product(inputs[0], kernel));
        return QuantizeSum(Product(inputs[0], QuantizeKernel(kernel)), bias);
    }

    /// <inheritdoc/>
    public override IEnumerable<CostTerm> CostTerms()
    {
        // Widths of one sample, summed over the positions.
        var input = Inputs[0].OutputBits();
        if (Inputs[0].OutputShape.Count > 1 || input.Count != Kernel.Shape[0])
        {
            input = InputBits(0).Reshape(-1, Kernel.Shape[0]).Sum([0]);
        }

        yield return new CostTerm(input, LastKernel().RowBits());
    }

    // Quantized data need no gradient of their own.
    private torch.Tensor Product(torch.Tensor x, torch.Tensor kernel) =>
        Inputs[0] is QuantizedOutputLayer { LastOutput: { } output } && ReferenceEquals(output.Value, x) ? output.Product(kernel) : x.MatMul(kernel);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes[0];
        if (shape.Count == 0)
        {
            throw new ArgumentException($"The layer {Label} needs an input of at least one dimension besides the batch.", nameof(inputShapes));
        }

        long[] output = [.. shape.SkipLast(1), Units];
        BuildKernel([shape[^1], Units], output);
        return output;
    }

    /// <inheritdoc/>
    protected override double ComputeExactEbops()
    {
        var (input, kernel) = (Inputs[0].ExactOutputWidths(), ExactKernelBits());
        var rows = new double[Kernel.Shape[0]];
        for (var e = 0; e < kernel.Count; e++)
        {
            rows[e / Units] += kernel.Magnitude(e);
        }

        return input.Select((width, e) => width * rows[e % rows.Length]).Sum();
    }
}
