using System;
using System.Numerics;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Compiled;

/// <summary>Activations of <see cref="HgqQuantizer"/>: the recorded range decides the integer bits.</summary>
internal sealed unsafe class OpenActivationStage<T, TVector, TLanes> : ActivationStage<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly TensorPointer<T> _min;
    private readonly TensorPointer<T> _max;
    private readonly T* _biasScale;
    private readonly T* _biasStep;

    public OpenActivationStage(HgqQuantizer quantizer, ChainActivation activation, bool relu, int lanes, AlignedMemory memory)
        : base(activation, quantizer.Fbw, relu, BitLimits<T>.Of(quantizer.BwClip), lanes, memory)
    {
        (_min, _max) = (new TensorPointer<T>(quantizer.Min), new TensorPointer<T>(quantizer.Max));
        _biasScale = memory.Allocate<T>(Padded);
        _biasStep = memory.Allocate<T>(Padded);
    }

    /// <inheritdoc/>
    public override void Refresh()
    {
        base.Refresh();
        _min.Refresh();
        _max.Refresh();
    }

    /// <inheritdoc/>
    public override void KeepAlive()
    {
        base.KeepAlive();
        _min.KeepAlive();
        _max.KeepAlive();
    }

    /// <inheritdoc/>
    /// <remarks>A bias is quantized with the widths as the optimizer left them, before they are limited.</remarks>
    public override void Prepare()
    {
        Widths.Load();
        ColumnPass<T, TVector, TLanes>.Scales(Padded, Widths.Values, _biasScale, _biasStep);
        base.Prepare();
    }

    /// <inheritdoc/>
    public override void QuantizeBias(T* bias, T* quantized) =>
        ColumnPass<T, TVector, TLanes>.QuantizeRow(Padded, bias, _biasScale, _biasStep, Mode.Down, quantized);

    /// <inheritdoc/>
    protected override void Follow(ReadOnlySpan<T> low, ReadOnlySpan<T> high)
    {
        Span<T> least = _min.Span, most = _max.Span;
        for (int c = 0; c < low.Length; c++)
        {
            (least[c], most[c]) = (T.Min(least[c], low[c]), T.Max(most[c], high[c]));
            T magnitude = Mode.Relu ? T.Max(most[c], T.Zero) : T.Max(T.Abs(least[c]), T.Abs(most[c]));
            T sign = !Mode.Relu && least[c] < T.Zero ? T.One : T.Zero;
            Bits[c] = magnitude == T.Zero ? T.Zero
                : T.IsInfinity(magnitude) ? magnitude
                : T.Max(Lanes<T>.BitLength(magnitude) + sign + Lanes<T>.Exponent(Widths.Values[c]), T.Zero);
            Counts[c] = Bits[c] > T.Zero ? T.One : T.Zero;
        }
    }
}
