using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Compiled;

/// <summary>Vectors of 128 bits.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Vector128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => Vector128<T>.Count;

    public static bool HasManyRegisters => Vector512.IsHardwareAccelerated;

    public static Vector128<T> Zero => Vector128<T>.Zero;

    public static Vector128<T> Indices => Vector128<T>.Indices;

    private static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(Inline)]
    public static Vector128<T> Create(T value) => Vector128.Create(value);

    [MethodImpl(Inline)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector128<T> value, T* target) => Vector128.Store(value, target);

    [MethodImpl(Inline)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector128<T> Divide(Vector128<T> a, Vector128<T> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> b, Vector128<T> c) => IsSingle
        ? Vector128.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> Min(Vector128<T> a, Vector128<T> b) => Vector128.MinNative(a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> Max(Vector128<T> a, Vector128<T> b) => Vector128.MaxNative(a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> Floor(Vector128<T> x) => IsSingle
        ? Vector128.Floor(x.AsSingle()).As<float, T>()
        : Vector128.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> Round(Vector128<T> x) => IsSingle
        ? Vector128.Round(x.AsSingle()).As<float, T>()
        : Vector128.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> SquareRoot(Vector128<T> x) => Vector128.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector128<T> Exp(Vector128<T> x) => IsSingle
        ? Vector128.Exp(x.AsSingle()).As<float, T>()
        : Vector128.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> Log(Vector128<T> x) => IsSingle
        ? Vector128.Log(x.AsSingle()).As<float, T>()
        : Vector128.Log(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> GreaterThan(Vector128<T> a, Vector128<T> b) => Vector128.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> GreaterThanOrEqual(Vector128<T> a, Vector128<T> b) => Vector128.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> Equals(Vector128<T> a, Vector128<T> b) => Vector128.Equals(a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> Or(Vector128<T> a, Vector128<T> b) => a | b;

    [MethodImpl(Inline)]
    public static Vector128<T> And(Vector128<T> a, Vector128<T> b) => a & b;

    [MethodImpl(Inline)]
    public static Vector128<T> Select(Vector128<T> mask, Vector128<T> a, Vector128<T> b) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static Vector128<T> PowerOfTwo(Vector128<T> n) => IsSingle
        ? Vector128.ShiftLeft(Vector128.ConvertToInt32(n.AsSingle()) + Vector128.Create(127), 23).As<int, T>()
        : Vector128.ShiftLeft(Vector128.ConvertToInt64(n.AsDouble()) + Vector128.Create(1023L), 52).As<long, T>();

    [MethodImpl(Inline)]
    public static Vector128<T> BitLength(Vector128<T> r)
    {
        Vector128<T> length = IsSingle
            ? Vector128.ConvertToSingle(Vector128.ShiftRightLogical(Vector128.Abs(r).AsInt32(), 23) - Vector128.Create(126)).As<float, T>()
            : Vector128.ConvertToDouble(Vector128.ShiftRightLogical(Vector128.Abs(r).AsInt64(), 52) - Vector128.Create(1022L)).As<double,
                T>();
        return Vector128.ConditionalSelect(Vector128.Equals(r, Vector128<T>.Zero), Vector128<T>.Zero, length);
    }

    [MethodImpl(Inline)]
    public static T Sum(Vector128<T> x) => Vector128.Sum(x);

    [MethodImpl(Inline)]
    public static T MaxAcross(Vector128<T> x)
    {
        T largest = x.GetElement(0);
        for (int e = 1; e < Vector128<T>.Count; e++)
        {
            largest = x.GetElement(e) > largest ? x.GetElement(e) : largest;
        }

        return largest;
    }
}
