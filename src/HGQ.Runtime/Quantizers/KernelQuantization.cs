using System;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Quantized weights and, where asked for, their differentiable widths. Lives for one step.</summary>
public sealed class KernelQuantization
{
    private readonly Func<torch.Tensor> _bits;
    private readonly torch.Tensor? _rowBits;

    /// <summary>Keeps a way to compute the widths.</summary>
    /// <param name="value">Quantized weights.</param>
    /// <param name="bits">Differentiable widths, sign not counted, of the weights' shape.</param>
    public KernelQuantization(torch.Tensor value, Func<torch.Tensor> bits)
        : this(value, null, bits)
    {
    }

    internal KernelQuantization(torch.Tensor value, torch.Tensor? rowBits, Func<torch.Tensor> bits)
    {
        Value = value;
        _rowBits = rowBits;
        _bits = bits;
    }

    /// <summary>The differentiable sum of the trained widths, where the pass has computed it on the way.</summary>
    internal torch.Tensor? WidthSum { get; init; }

    /// <summary>Quantized weights, exactly on their grids.</summary>
    public torch.Tensor Value { get; }

    /// <summary>Differentiable widths of the weights, sign not counted; gradients are scaled by 1/√degeneracy before the broadcast.</summary>
    public torch.Tensor Bits() => _bits();

    /// <summary>Those widths summed over the outputs (the last dimension): one number per weight row.</summary>
    public torch.Tensor RowBits() => _rowBits ?? Bits().Sum([-1]).Reshape(Value.Shape.SkipLast(1).Aggregate(1L, (a, b) => a * b));
}
