using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Compiled;

/// <summary>Vectors of 256 bits.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => Vector256<T>.Count;

    public static bool HasManyRegisters => Vector512.IsHardwareAccelerated;

    public static Vector256<T> Zero => Vector256<T>.Zero;

    public static Vector256<T> Indices => Vector256<T>.Indices;

    private static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(Inline)]
    public static Vector256<T> Create(T value) => Vector256.Create(value);

    [MethodImpl(Inline)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector256<T> value, T* target) => Vector256.Store(value, target);

    [MethodImpl(Inline)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector256<T> Divide(Vector256<T> a, Vector256<T> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) => IsSingle
        ? Vector256.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> Min(Vector256<T> a, Vector256<T> b) => Vector256.MinNative(a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> Max(Vector256<T> a, Vector256<T> b) => Vector256.MaxNative(a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> Floor(Vector256<T> x) => IsSingle
        ? Vector256.Floor(x.AsSingle()).As<float, T>()
        : Vector256.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> Round(Vector256<T> x) => IsSingle
        ? Vector256.Round(x.AsSingle()).As<float, T>()
        : Vector256.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> SquareRoot(Vector256<T> x) => Vector256.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector256<T> Exp(Vector256<T> x) => IsSingle
        ? Vector256.Exp(x.AsSingle()).As<float, T>()
        : Vector256.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> Log(Vector256<T> x) => IsSingle
        ? Vector256.Log(x.AsSingle()).As<float, T>()
        : Vector256.Log(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> GreaterThan(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> GreaterThanOrEqual(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> Equals(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> Or(Vector256<T> a, Vector256<T> b) => a | b;

    [MethodImpl(Inline)]
    public static Vector256<T> And(Vector256<T> a, Vector256<T> b) => a & b;

    [MethodImpl(Inline)]
    public static Vector256<T> Select(Vector256<T> mask, Vector256<T> a, Vector256<T> b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static Vector256<T> PowerOfTwo(Vector256<T> n) => IsSingle
        ? Vector256.ShiftLeft(Vector256.ConvertToInt32(n.AsSingle()) + Vector256.Create(127), 23).As<int, T>()
        : Vector256.ShiftLeft(Vector256.ConvertToInt64(n.AsDouble()) + Vector256.Create(1023L), 52).As<long, T>();

    [MethodImpl(Inline)]
    public static Vector256<T> BitLength(Vector256<T> r)
    {
        Vector256<T> length = IsSingle
            ? Vector256.ConvertToSingle(Vector256.ShiftRightLogical(Vector256.Abs(r).AsInt32(), 23) - Vector256.Create(126)).As<float, T>()
            : Vector256.ConvertToDouble(Vector256.ShiftRightLogical(Vector256.Abs(r).AsInt64(), 52) - Vector256.Create(1022L)).As<double,
                T>();
        return Vector256.ConditionalSelect(Vector256.Equals(r, Vector256<T>.Zero), Vector256<T>.Zero, length);
    }

    [MethodImpl(Inline)]
    public static T Sum(Vector256<T> x) => Vector256.Sum(x);

    [MethodImpl(Inline)]
    public static T MaxAcross(Vector256<T> x)
    {
        Vector128<T> half = Vector128.MaxNative(x.GetLower(), x.GetUpper());
        return Lanes128<T>.MaxAcross(half);
    }
}
