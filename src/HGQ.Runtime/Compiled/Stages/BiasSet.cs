using System;
using System.Collections.Generic;
using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>The bias of a dense layer, or the offset of its batch norm: on a grid of its own, or on that of the outputs.</summary>
internal sealed unsafe class BiasSet<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly ChainWeights? _weights;
    private readonly ActivationStage<T, TVector, TLanes> _output;
    private readonly ParameterBlock<T>? _bias;
    private readonly ParameterBlock<T>? _widths;
    private readonly ParameterBlock<T>? _integers;
    private readonly BitLimits<T> _widthLimits;
    private readonly BitLimits<T> _integerLimits;
    private readonly T* _offset;
    private readonly T* _bits;

    /// <summary>Allocates.</summary>
    /// <param name="dense">The layer.</param>
    /// <param name="output">Quantizer of its outputs.</param>
    /// <param name="offset">The offset of a batch norm, which stands for the bias; null without one.</param>
    /// <param name="memory">Owns what is allocated.</param>
    public BiasSet(ChainDense dense, ActivationStage<T, TVector, TLanes> output, T* offset, AlignedMemory memory)
    {
        _output = output;
        _offset = offset;
        if (offset == null && dense.Layer.Bias is null)
        {
            return;
        }

        _bias = offset == null ? new ParameterBlock<T>(dense.Layer.Bias!, 1, output.Padded, memory) : null;
        Quantized = memory.Allocate<T>(output.Padded);
        _bits = memory.Allocate<T>(1);
        Gradient = _bias is null ? memory.Allocate<T>(output.Padded) : _bias.Gradient;
        if (dense.Bias is { } weights)
        {
            _weights = weights;
            _widths = new ParameterBlock<T>(weights.Widths, 1, output.Padded, memory);
            _integers = weights.Integers is { } integers ? new ParameterBlock<T>(integers, 1, output.Padded, memory) : null;
            (_widthLimits, _integerLimits) = (BitLimits<T>.Of(weights.WidthLimits), BitLimits<T>.Of(weights.IntegerLimits));
        }
    }

    /// <summary>The quantized bias; null without one.</summary>
    public T* Quantized { get; }

    /// <summary>Gradient of the bias or the offset.</summary>
    public T* Gradient { get; }

    /// <summary>The parameters.</summary>
    public IEnumerable<ParameterBlock<T>> Parameters => [.. Existing(_bias), .. Existing(_widths), .. Existing(_integers)];

    private T* Values => _bias is null ? _offset : _bias.Values;

    public void Refresh()
    {
        _bias?.Refresh();
        _widths?.Refresh();
        _integers?.Refresh();
    }

    public void KeepAlive()
    {
        _bias?.KeepAlive();
        _widths?.KeepAlive();
        _integers?.KeepAlive();
    }

    /// <summary>Before a step: limits of the trained numbers, padding.</summary>
    public void Load()
    {
        _widths?.Clamp(_widthLimits);
        _integers?.Clamp(_integerLimits);
        _bias?.Load();
        _widths?.Load();
        _integers?.Load();
    }

    /// <summary>Quantizes it.</summary>
    public void Quantize()
    {
        if (Quantized == null)
        {
            return;
        }

        if (_weights is null)
        {
            _output.QuantizeBias(Values, Quantized);
        }
        else
        {
            WeightPass<T, TVector, TLanes>.Forward(1, _output.Padded, With(Values), _weights.Mode, Quantized, _bits);
        }
    }

    /// <summary>Gradients from the sums of the outputs'; those of a shared grid go to the outputs' widths.</summary>
    public void Backward()
    {
        if (Quantized == null)
        {
            return;
        }

        T* sums = _output.Sums[0];
        if (_weights is not null)
        {
            var gradients = new Weights<T>(Gradient, _widths!.Gradient, _integers is null ? null : _integers.Gradient);
            WeightPass<T, TVector, TLanes>.Backward(
                1, _output.Padded, With(Values), _weights.Mode, sums, null, T.CreateTruncating(_weights.Penalty), gradients);
            return;
        }

        new ReadOnlySpan<T>(sums, _output.Padded).CopyTo(new Span<T>(Gradient, _output.Padded));
        for (int c = 0; c < _output.Columns; c++)
        {
            _output.Errors[0][c] += (Values[c] - Quantized[c]) * sums[c];
        }
    }

    private static IEnumerable<ParameterBlock<T>> Existing(ParameterBlock<T>? block) => block is null ? [] : [block];

    private Weights<T> With(T* values) => new(values, _widths!.Values, _integers is null ? null : _integers.Values);
}
