using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Mean of the elements of each window that lie inside. A window of n elements needs log2 n more fraction bits than they have.</summary>
public abstract class PAvgPool : PoolLayer
{
    private protected PAvgPool(string? name, int rank, IReadOnlyList<long>? size, IReadOnlyList<long>? strides, Padding padding)
        : base(name, rank, size, strides, padding)
    {
    }

    /// <summary>Whether every window holds a power of two of elements, so that the mean is on a fixed-point grid.</summary>
    public bool IsExact => InexactCount == 0;

    /// <summary>A number of elements of a window that is no power of two; 0 where there is none.</summary>
    public long InexactCount => (long)Elements().FirstOrDefault(n => !double.IsPow2(n));

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) =>
        Finish(Window.SumPool(inputs[0]).Divide(Counts(inputs[0].DataType)));

    /// <inheritdoc/>
    public override torch.Tensor OutputBits()
    {
        var widest = Window.MaxPool(InputBits(0));
        return Finish(widest.GreaterThan(0).Choose(widest.Add(Counts(widest.DataType).Log2().Round()), widest));
    }

    /// <inheritdoc/>
    /// <exception cref="InexactLayerException">A mean is not on any fixed-point grid.</exception>
    public override FixedPointBits ExactOutputBits()
    {
        if (InexactCount is not 0 and var count)
        {
            throw new InexactLayerException(
                Label,
                $"The layer {Label} divides by {count}, which no fixed-point format holds exactly; put an HQuantize directly behind it, or use windows of 2, 4, 8… elements.");
        }

        var bits = UnionBits();
        int[] more = [.. Elements().Select(n => ExactBinary.FloorLog2(n))];
        return new FixedPointBits(
            bits.Shape,
            bits.KeepNegative,
            bits.IntegerBits,
            [.. bits.FractionBits.Select((f, e) => bits.Width(e) == 0 ? f : f + more[e])]);
    }

    /// <inheritdoc/>
    /// <remarks>log2 n bits more than the widest of n elements has; the format holds more where they have other fraction bits.</remarks>
    public override double[] ExactOutputWidths() => InexactCount == 0
        ? [.. WidestInputs().Zip(Elements(), static (widest, n) => widest > 0 ? widest + ExactBinary.FloorLog2(n) : 0)]
        : base.ExactOutputWidths();

    private double[] Elements()
    {
        using var scope = torch.NewDisposeScope();
        return [.. Finish(Counts(torch.float64)).Elements<double>().Select(n => Math.Round(n))];
    }
}

/// <summary>Mean of each window of one spatial dimension.</summary>
public sealed class PAvgPool1D(IReadOnlyList<long> poolSize, IReadOnlyList<long>? strides = null, Padding padding = Padding.Valid, string? name = null)
    : PAvgPool(name, 1, poolSize, strides, padding);

/// <summary>Mean of each window of two spatial dimensions.</summary>
public sealed class PAvgPool2D(IReadOnlyList<long> poolSize, IReadOnlyList<long>? strides = null, Padding padding = Padding.Valid, string? name = null)
    : PAvgPool(name, 2, poolSize, strides, padding);

/// <summary>Mean of each channel, over one spatial dimension.</summary>
public sealed class PGlobalAvgPool1D(string? name = null) : PAvgPool(name, 1, null, null, Padding.Valid);

/// <summary>Mean of each channel, over two spatial dimensions.</summary>
public sealed class PGlobalAvgPool2D(string? name = null) : PAvgPool(name, 2, null, null, Padding.Valid);
