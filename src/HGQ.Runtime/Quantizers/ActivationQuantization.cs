using System;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Quantized outputs of a layer and, where asked for, their differentiable widths. Lives for one step.</summary>
public sealed class ActivationQuantization
{
    private readonly Func<torch.Tensor> _bits;

    /// <summary>Keeps a way to compute the widths.</summary>
    /// <param name="value">Quantized outputs, behind the relu if there is one.</param>
    /// <param name="bits">Differentiable widths, broadcastable to the outputs.</param>
    public ActivationQuantization(torch.Tensor value, Func<torch.Tensor> bits)
    {
        Value = value;
        _bits = bits;
    }

    /// <summary>Where the values are quantized data: what they came from.</summary>
    internal LeafSource? Source { get; init; }

    /// <summary>Quantized outputs, exactly on their grids.</summary>
    public torch.Tensor Value { get; }

    /// <summary>Differentiable widths (sign counted); gradients are scaled by 1/√degeneracy before the broadcast.</summary>
    public torch.Tensor Bits() => _bits();

    /// <summary>The matrix product of the values with weights.</summary>
    internal torch.Tensor Product(torch.Tensor weights) => Source?.Product(Value, weights) ?? Value.MatMul(weights);
}
