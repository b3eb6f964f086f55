using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Fused;

/// <summary>
/// The few vector operations that differ between float and double; every branch is decided when the method is compiled. The vectors
/// have 512 bits; machines without such registers work on their halves.
/// </summary>
internal static class Lanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of a vector.</summary>
    public static int Count => Vector512<T>.Count;

    /// <summary>From here on every value is an integer.</summary>
    public static T IntegerLimit => T.CreateTruncating(typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0);

    /// <summary>Exponents are held inside the normal range.</summary>
    public static T ExponentLimit => T.CreateTruncating(typeof(T) == typeof(float) ? 126.0 : 1022.0);

    public static T Half => T.CreateTruncating(0.5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref T source, int element) => Vector512.LoadUnsafe(ref source, (nuint)element);

    /// <summary>A mask of the last so many elements.</summary>
    public static Vector512<T> Last(int elements) =>
        Vector512.GreaterThanOrEqual(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(Count - elements)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Floor(x.AsSingle()).As<float, T>()
        : Vector512.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Exp(x.AsSingle()).As<float, T>()
        : Vector512.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Log(x.AsSingle()).As<float, T>()
        : Vector512.Log(x.AsDouble()).As<double, T>();

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>max(x, 0); what is no number stays none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Relu(Vector512<T> x) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<T>.Zero), Vector512<T>.Zero, x);

    /// <summary>Halves to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Round(Vector512<T> x) => typeof(T) == typeof(float)
        ? Vector512.Round(x.AsSingle()).As<float, T>()
        : Vector512.Round(x.AsDouble()).As<double, T>();

    /// <summary>Rounded half to even and held inside the normal range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exponent(Vector512<T> width) =>
        Vector512.ClampNative(Round(width), Vector512.Create(-ExponentLimit), Vector512.Create(ExponentLimit));

    /// <summary>The same for one value.</summary>
    public static T Exponent(T width) => T.Clamp(T.Round(width, MidpointRounding.ToEven), -ExponentLimit, ExponentLimit);

    /// <summary>2^n for integral n inside the normal range, built from the exponent's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PowerOfTwo(Vector512<T> n) => typeof(T) == typeof(float)
        ? Vector512.ShiftLeft(Vector512.ConvertToInt32(n.AsSingle()) + Vector512.Create(127), 23).As<int, T>()
        : Vector512.ShiftLeft(Vector512.ConvertToInt64(n.AsDouble()) + Vector512.Create(1023L), 52).As<long, T>();

    /// <summary>The same for one value.</summary>
    public static T PowerOfTwo(T n) => typeof(T) == typeof(float)
        ? T.CreateTruncating(BitConverter.Int32BitsToSingle((int.CreateTruncating(n) + 127) << 23))
        : T.CreateTruncating(BitConverter.Int64BitsToDouble((long.CreateTruncating(n) + 1023) << 52));

    /// <summary>Bits of integral magnitudes: ⌊log2|r|⌋ + 1, and 0 for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> BitLength(Vector512<T> r)
    {
        var length = typeof(T) == typeof(float)
            ? Vector512.ConvertToSingle(Vector512.ShiftRightLogical(Vector512.Abs(r).AsInt32(), 23) - Vector512.Create(126)).As<float, T>()
            : Vector512.ConvertToDouble(Vector512.ShiftRightLogical(Vector512.Abs(r).AsInt64(), 52) - Vector512.Create(1022L)).As<double, T>();
        return Vector512.ConditionalSelect(Vector512.Equals(r, Vector512<T>.Zero), Vector512<T>.Zero, length);
    }

    /// <summary>⌊log2|r|⌋ + 1 of any finite value, and 0 for 0.</summary>
    public static T BitLength(T r)
    {
        // Only a denormal float is not normal as a double; a denormal double goes the long way.
        var value = double.CreateTruncating(r);
        var field = (int)(BitConverter.DoubleToUInt64Bits(value) >> 52) & 0x7FF;
        return field != 0 ? T.CreateTruncating(field - 1022)
            : value == 0 ? T.Zero
            : T.CreateTruncating(ExactBinary.FloorLog2(value) + 1);
    }

    /// <summary>
    /// The value on the grid of multiples of <paramref name="step"/>: half up, or down. Values too large to have a fraction come back
    /// unchanged.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Quantize(Vector512<T> x, Vector512<T> scale, Vector512<T> step, bool down)
    {
        var scaled = x * scale;
        var floor = Floor(scaled);
        Vector512<T> rounded;
        if (down)
        {
            // A negative value whose scaled one is too small for the type is still below 0.
            var underflow = Vector512.Equals(scaled, Vector512<T>.Zero) & Vector512.LessThan(x, Vector512<T>.Zero);
            rounded = Vector512.ConditionalSelect(underflow, -Vector512<T>.One, floor);
        }
        else
        {
            var up = Vector512.GreaterThanOrEqual(scaled - floor, Vector512.Create(Half));
            rounded = Vector512.ConditionalSelect(up, floor + Vector512<T>.One, floor);
        }

        var small = Vector512.LessThan(Vector512.Abs(scaled), Vector512.Create(IntegerLimit));
        return Vector512.ConditionalSelect(small, rounded * step, x);
    }

    /// <summary>The same for one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Quantize(T x, T scale, T step, bool down)
    {
        var scaled = x * scale;
        var floor = T.Floor(scaled);
        var rounded = down
            ? scaled == T.Zero && x < T.Zero ? -T.One : floor
            : floor + (scaled - floor >= Half ? T.One : T.Zero);
        return T.Abs(scaled) < IntegerLimit ? rounded * step : x;
    }

    /// <summary>A reference to the first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T First(ReadOnlySpan<T> values) => ref MemoryMarshal.GetReference(values);
}
