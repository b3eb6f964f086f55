using System;
using System.Numerics;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Compiled;

/// <summary>Activations of <see cref="FixedPointQuantizer"/>, KIF under Wrap: the integer bits follow the data (quantizer.md §5).</summary>
internal sealed unsafe class WrappingActivationStage<T, TVector, TLanes> : ActivationStage<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly TensorPointer<T> _integers;
    private readonly TensorPointer<T> _signs;
    private readonly BitLimits<T> _integerLimits;
    private readonly double _decay;

    public WrappingActivationStage(FixedPointQuantizer quantizer, ChainActivation activation, bool relu, int lanes, AlignedMemory memory)
        : base(activation, quantizer.FractionBits, relu, BitLimits<T>.Of(quantizer.Config.FractionLimits), lanes, memory)
    {
        (_integers, _signs) = (new TensorPointer<T>(quantizer.IntegerBits), new TensorPointer<T>(quantizer.KeepNegative));
        _integerLimits = BitLimits<T>.Of(quantizer.Config.IntegerLimits);
        _decay = quantizer.Config.Decay ?? FixedPointQuantizerConfig.DefaultDecay;
    }

    /// <inheritdoc/>
    public override void Refresh()
    {
        base.Refresh();
        _integers.Refresh();
        _signs.Refresh();
    }

    /// <inheritdoc/>
    public override void KeepAlive()
    {
        base.KeepAlive();
        _integers.KeepAlive();
        _signs.KeepAlive();
    }

    /// <inheritdoc/>
    protected override void Follow(ReadOnlySpan<T> low, ReadOnlySpan<T> high)
    {
        Span<T> integers = _integers.Span, signs = _signs.Span;
        for (int c = 0; c < low.Length; c++)
        {
            int f = int.CreateSaturating(T.Round(Widths.Values[c], MidpointRounding.ToEven));
            double least = Mode.Relu ? 0 : Math.Min(double.CreateTruncating(low[c]), 0),
                most = Math.Max(double.CreateTruncating(high[c]), 0);
            int sign = signs[c] == T.Zero ? 0 : 1;
            double need = FixedPointElements.NeedOfRange(least, most, sign, f);
            double integer = Math.Max(double.CreateTruncating(integers[c]) - _decay, need);
            integers[c] = T.Clamp(T.CreateTruncating(integer), _integerLimits.Min, _integerLimits.Max);
            T magnitude = T.Round(integers[c], MidpointRounding.ToEven) + T.CreateTruncating(f);
            Counts[c] = magnitude > T.Zero ? T.One : T.Zero;
            Bits[c] = T.Max(magnitude, T.Zero) + T.CreateTruncating(Mode.Relu ? 0 : sign);
        }
    }
}
