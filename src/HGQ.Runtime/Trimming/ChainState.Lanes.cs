using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Trimming;

// The loops over the rows of a block.
internal sealed partial class ChainState<T>
{
    private static readonly int Lanes = Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Load(T[] array, int offset) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<T> value, T[] array, int offset) =>
        value.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(array), (nuint)offset);

    // target ← source + factor · column
    private static void SetSum(T[] source, int from, T factor, T[] column, int at, T[] target, int to)
    {
        Vector512<T> f = Vector512.Create(factor);
        for (int r = 0; r < BlockRows.Size; r += Lanes)
        {
            Store(Load(source, from + r) + (f * Load(column, at + r)), target, to + r);
        }
    }

    // target ← source + constant
    private static void SetShifted(T[] source, int from, T constant, T[] target, int to)
    {
        Vector512<T> c = Vector512.Create(constant);
        for (int r = 0; r < BlockRows.Size; r += Lanes)
        {
            Store(Load(source, from + r) + c, target, to + r);
        }
    }

    // target ← left − right; whether anything is left.
    private static bool SetDifference(T[] left, int from, T[] right, int at, T[] target)
    {
        Vector512<T> any = Vector512<T>.Zero;
        for (int r = 0; r < BlockRows.Size; r += Lanes)
        {
            Vector512<T> difference = Load(left, from + r) - Load(right, at + r);
            Store(difference, target, r);
            any |= difference;
        }

        return any != Vector512<T>.Zero;
    }

    private static void Copy(T[] source, int from, T[] target, int to) =>
        source.AsSpan(from, BlockRows.Size).CopyTo(target.AsSpan(to, BlockRows.Size));

    // Quantizes a channel of a block with real wrap-around left out: traced formats hold every value. Returns smallest and largest value.
    private static (double Low, double High) Quantize(
        T[] source, int from, bool relu, ChainQuantizer quantizer, int channel, FixedPointFormat format, T[] target, int to)
    {
        if (quantizer.IsRemoved(channel) || (!quantizer.IsTraced && format.IsZero))
        {
            target.AsSpan(to, BlockRows.Size).Clear();
            return (0, 0);
        }

        Vector512<T> scale = Power(format.FractionBits), step = Power(-format.FractionBits);
        Vector512<T> floor = relu ? Vector512<T>.Zero : Vector512.Create(T.NegativeInfinity);
        (Vector512<T> lowest, Vector512<T> highest) = Limits(quantizer, format);
        Vector512<T> low = Vector512.Create(T.PositiveInfinity), high = Vector512.Create(T.NegativeInfinity);
        RoundingMode rounding = quantizer.Spec.Rounding;
        for (int r = 0; r < BlockRows.Size; r += Lanes)
        {
            Vector512<T> rounded = ChannelRounding.Round(Vector512.Max(Load(source, from + r), floor) * scale, rounding);
            Vector512<T> value = Vector512.Min(Vector512.Max(rounded, lowest), highest) * step;
            Store(value, target, to + r);
            low = Vector512.Min(low, value);
            high = Vector512.Max(high, value);
        }

        return (double.CreateTruncating(Extreme(low, T.Min)), double.CreateTruncating(Extreme(high, T.Max)));
    }

    private static (Vector512<T> Lowest, Vector512<T> Highest) Limits(ChainQuantizer quantizer, FixedPointFormat format)
    {
        if (quantizer.IsTraced)
        {
            return (Vector512.Create(T.NegativeInfinity), Vector512.Create(T.PositiveInfinity));
        }

        double highest = (double)format.MaxRaw;
        double lowest = quantizer.Spec.Overflow == OverflowMode.SaturateSymmetric && format.Signed ? -highest : (double)format.MinRaw;
        return (Vector512.Create(T.CreateTruncating(lowest)), Vector512.Create(T.CreateTruncating(highest)));
    }

    private static T Extreme(Vector512<T> lanes, Func<T, T, T> choose)
    {
        T extreme = lanes[0];
        for (int i = 1; i < Lanes; i++)
        {
            extreme = choose(extreme, lanes[i]);
        }

        return extreme;
    }

    private static Vector512<T> Power(int exponent) => Vector512.Create(T.ScaleB(T.One, exponent));
}
