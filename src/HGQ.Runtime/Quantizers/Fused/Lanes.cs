using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>The few vector operations that differ between float and double; every branch is decided when the method is compiled.</summary>
internal static class Lanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>From here on every value is an integer.</summary>
    public static T IntegerLimit { get; } = T.CreateChecked(typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0);

    /// <summary>Exponents are held inside the normal range.</summary>
    public static T ExponentLimit { get; } = T.CreateChecked(typeof(T) == typeof(float) ? 126.0 : 1022.0);

    public static T Half { get; } = T.CreateChecked(0.5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Floor(Vector<T> x) => typeof(T) == typeof(float)
        ? Vector.Floor(x.As<T, float>()).As<float, T>()
        : Vector.Floor(x.As<T, double>()).As<double, T>();

    /// <summary>Halves to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Round(Vector<T> x) => typeof(T) == typeof(float)
        ? Vector.Round(x.As<T, float>()).As<float, T>()
        : Vector.Round(x.As<T, double>()).As<double, T>();

    /// <summary>2^n for integral n inside the normal range, built from the exponent's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> PowerOfTwo(Vector<T> n) => typeof(T) == typeof(float)
        ? Vector.ShiftLeft(Vector.ConvertToInt32(n.As<T, float>()) + new Vector<int>(127), 23).As<int, T>()
        : Vector.ShiftLeft(Vector.ConvertToInt64(n.As<T, double>()) + new Vector<long>(1023), 52).As<long, T>();

    /// <summary>Bits of integral magnitudes: ⌊log2|r|⌋ + 1, and 0 for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> BitLength(Vector<T> r)
    {
        var zero = Vector.Equals(r, Vector<T>.Zero);
        var length = typeof(T) == typeof(float)
            ? Vector.ConvertToSingle(Vector.ShiftRightLogical(Vector.Abs(r).As<T, int>(), 23) - new Vector<int>(126)).As<float, T>()
            : Vector.ConvertToDouble(Vector.ShiftRightLogical(Vector.Abs(r).As<T, long>(), 52) - new Vector<long>(1022)).As<double, T>();
        return Vector.ConditionalSelect(zero, Vector<T>.Zero, length);
    }

    /// <summary>The same for one value.</summary>
    public static T BitLength(T r) => r == T.Zero ? T.Zero : T.CreateChecked(ExactBinary.FloorLog2(double.CreateChecked(r)) + 1);

    /// <summary>2^n for integral n inside the normal range.</summary>
    public static T PowerOfTwo(T n) => T.CreateChecked(Math.ScaleB(1.0, int.CreateChecked(n)));

    /// <summary>Rounds x·scale to an integer: half up, or down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> RoundScaled(Vector<T> x, Vector<T> scaled, bool down)
    {
        var floor = Floor(scaled);
        if (down)
        {
            // A negative value whose scaled one is too small for the type is still below 0.
            var underflow = Vector.BitwiseAnd(Vector.Equals(scaled, Vector<T>.Zero), Vector.LessThan(x, Vector<T>.Zero));
            return Vector.ConditionalSelect(underflow, -Vector<T>.One, floor);
        }

        var up = Vector.GreaterThanOrEqual(scaled - floor, new Vector<T>(Half));
        return floor + Vector.ConditionalSelect(up, Vector<T>.One, Vector<T>.Zero);
    }

    /// <summary>The same for one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RoundScaled(T x, T scaled, bool down)
    {
        var floor = T.Floor(scaled);
        return down
            ? scaled == T.Zero && x < T.Zero ? -T.One : floor
            : floor + (scaled - floor >= Half ? T.One : T.Zero);
    }

    /// <summary>Rounded value back on its grid; values too large to have a fraction come back unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Quantize(Vector<T> x, Vector<T> scale, Vector<T> step, bool down)
    {
        var scaled = x * scale;
        var small = Vector.LessThan(Vector.Abs(scaled), new Vector<T>(IntegerLimit));
        return Vector.ConditionalSelect(small, RoundScaled(x, scaled, down) * step, x);
    }

    /// <summary>The same for one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Quantize(T x, T scale, T step, bool down)
    {
        var scaled = x * scale;
        return T.Abs(scaled) < IntegerLimit ? RoundScaled(x, scaled, down) * step : x;
    }
}
