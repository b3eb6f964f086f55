using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Convolution, channels last. EBOPs = Σ conv(bits(x), bits(W)) · parallel factor / positions; padding contributes nothing.</summary>
public abstract class HConv : KernelLayer
{
    private readonly long[] _size;

    private protected HConv(ConvOptions options, int rank, string? name, BatchNormOptions? batchNorm)
        : base(name, options.Beta, options.Activation, options.UseBias, options.Kq, options.Paq, batchNorm, options.Bq)
    {
        Options = options;
        RequirePositive(options);
        _size = Expand(options.KernelSize, rank, nameof(options.KernelSize));
        Strides = Expand(options.Strides, rank, nameof(options.Strides));
        Dilations = Expand(options.Dilations, rank, nameof(options.Dilations));
        Window = new WindowShape(_size, Strides, Dilations, options.Padding);
        if (options.Padding == Padding.Causal && rank != 1)
        {
            throw new ArgumentException("Causal padding exists in one dimension only.", nameof(options));
        }
    }

    /// <summary>The arguments.</summary>
    public ConvOptions Options { get; }

    /// <summary>One per spatial dimension.</summary>
    public IReadOnlyList<long> Strides { get; }

    /// <summary>One per spatial dimension.</summary>
    public IReadOnlyList<long> Dilations { get; }

    private protected WindowShape Window { get; }

    private double CostFactor => Options.ParallelFactor / (double)OutputShape.SkipLast(1).Aggregate(1L, (a, b) => a * b);

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs)
    {
        var (kernel, bias) = Fold(kernel => Window.Convolve(inputs[0], kernel, Options.Groups));
        return QuantizeSum(Window.Convolve(inputs[0], QuantizeKernel(kernel), Options.Groups), bias);
    }

    /// <inheritdoc/>
    public override IEnumerable<CostTerm> CostTerms()
    {
        var costs = Window.Convolve(InputBits(0), GroupBits(LastKernel()), Options.Groups);
        yield return new CostTerm(costs, NewTensor.OnesLike(costs), CostFactor);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes[0];
        var spatial = shape.Count == _size.Length + 1 ? Window.Outputs([.. shape.SkipLast(1)]) : [];
        if (spatial.Length == 0 || spatial.Any(n => n < 1) || shape[^1] % Options.Groups != 0 || Options.Filters % Options.Groups != 0)
        {
            throw new ArgumentException(
                $"The layer {Label} ({Options.Filters} filters of [{string.Join(", ", _size)}], {Options.Groups} groups) does not fit [{string.Join(", ", shape)}].",
                nameof(inputShapes));
        }

        long[] output = [.. spatial, Options.Filters];
        BuildKernel([.. _size, shape[^1] / Options.Groups, Options.Filters], output);
        KernelQuantizer.MultiplyDegeneracy(Options.ParallelFactor);
        return output;
    }

    /// <inheritdoc/>
    protected override double ComputeExactEbops()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var kernel = ExactKernelBits();
        var bits = NewTensor.Of([.. Enumerable.Range(0, kernel.Count).Select(e => (double)kernel.Magnitude(e))], [.. kernel.Shape]);
        var widths = NewTensor.Of(Inputs[0].ExactOutputWidths(), [1, .. Inputs[0].OutputShape]);
        return Window.Convolve(widths, GroupSums(bits), Options.Groups).Sum().Number() * CostFactor;
    }

    private torch.Tensor GroupBits(KernelQuantization kernel) => Options.Groups == 1
        ? kernel.RowBits().Reshape([.. Kernel.Shape.SkipLast(1), 1])
        : GroupSums(kernel.Bits());

    // [taps…, in / groups, out] → [taps…, in / groups, groups]
    private torch.Tensor GroupSums(torch.Tensor bits) =>
        bits.Reshape([.. bits.Shape.SkipLast(1), Options.Groups, bits.Shape[^1] / Options.Groups]).Sum([-1L]);

    private static void RequirePositive(ConvOptions options)
    {
        IEnumerable<long> sizes = [options.Filters, options.Groups, options.ParallelFactor];
        if (sizes.FirstOrDefault(static n => n < 1, 1) is not 1 and var wrong)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A convolution can't have {wrong} filters, groups or parallel factor."),
                nameof(options));
        }
    }

    private static long[] Expand(IReadOnlyList<long> values, int rank, string what) => values.Count switch
    {
        _ when values.Any(n => n < 1) => throw new ArgumentException($"Every entry of {what} must be at least 1.", what),
        1 => [.. Enumerable.Repeat(values[0], rank)],
        var count when count == rank => [.. values],
        _ => throw new ArgumentException($"{what} needs 1 or {rank} entries.", what),
    };
}

/// <summary>Convolution over one spatial dimension: [batch, length, channels].</summary>
public class HConv1D : HConv
{
    /// <summary>A convolution.</summary>
    /// <param name="options">Its arguments.</param>
    /// <param name="name">Unique in its model.</param>
    public HConv1D(ConvOptions options, string? name = null)
        : base(options, 1, name, null)
    {
    }

    private protected HConv1D(ConvOptions options, string? name, BatchNormOptions? batchNorm)
        : base(options, 1, name, batchNorm)
    {
    }
}

/// <summary>Convolution over two spatial dimensions: [batch, height, width, channels].</summary>
public class HConv2D : HConv
{
    /// <summary>A convolution.</summary>
    /// <param name="options">Its arguments.</param>
    /// <param name="name">Unique in its model.</param>
    public HConv2D(ConvOptions options, string? name = null)
        : base(options, 2, name, null)
    {
    }

    private protected HConv2D(ConvOptions options, string? name, BatchNormOptions? batchNorm)
        : base(options, 2, name, batchNorm)
    {
    }
}
