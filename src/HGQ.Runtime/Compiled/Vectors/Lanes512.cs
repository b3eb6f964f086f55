using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HGQ.Runtime.Compiled;

/// <summary>Vectors of 512 bits.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count => Vector512<T>.Count;

    public static bool HasManyRegisters => true;

    public static Vector512<T> Zero => Vector512<T>.Zero;

    public static Vector512<T> Indices => Vector512<T>.Indices;

    private static bool IsSingle => typeof(T) == typeof(float);

    [MethodImpl(Inline)]
    public static Vector512<T> Create(T value) => Vector512.Create(value);

    [MethodImpl(Inline)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(Inline)]
    public static void Store(Vector512<T> value, T* target) => Vector512.Store(value, target);

    [MethodImpl(Inline)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector512<T> Divide(Vector512<T> a, Vector512<T> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> b, Vector512<T> c) => IsSingle
        ? Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> Min(Vector512<T> a, Vector512<T> b) => Vector512.MinNative(a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> Max(Vector512<T> a, Vector512<T> b) => Vector512.MaxNative(a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> Floor(Vector512<T> x) => IsSingle
        ? Vector512.Floor(x.AsSingle()).As<float, T>()
        : Vector512.Floor(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> Round(Vector512<T> x) => IsSingle
        ? Vector512.Round(x.AsSingle()).As<float, T>()
        : Vector512.Round(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> SquareRoot(Vector512<T> x) => Vector512.Sqrt(x);

    [MethodImpl(Inline)]
    public static Vector512<T> Exp(Vector512<T> x) => IsSingle
        ? Vector512.Exp(x.AsSingle()).As<float, T>()
        : Vector512.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> Log(Vector512<T> x) => IsSingle
        ? Vector512.Log(x.AsSingle()).As<float, T>()
        : Vector512.Log(x.AsDouble()).As<double, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> GreaterThan(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> GreaterThanOrEqual(Vector512<T> a, Vector512<T> b) => Vector512.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> Equals(Vector512<T> a, Vector512<T> b) => Vector512.Equals(a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> Or(Vector512<T> a, Vector512<T> b) => a | b;

    [MethodImpl(Inline)]
    public static Vector512<T> And(Vector512<T> a, Vector512<T> b) => a & b;

    [MethodImpl(Inline)]
    public static Vector512<T> Select(Vector512<T> mask, Vector512<T> a, Vector512<T> b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static Vector512<T> PowerOfTwo(Vector512<T> n) => IsSingle
        ? Vector512.ShiftLeft(Vector512.ConvertToInt32(n.AsSingle()) + Vector512.Create(127), 23).As<int, T>()
        : Vector512.ShiftLeft(Vector512.ConvertToInt64(n.AsDouble()) + Vector512.Create(1023L), 52).As<long, T>();

    [MethodImpl(Inline)]
    public static Vector512<T> BitLength(Vector512<T> r)
    {
        Vector512<T> length = IsSingle
            ? Vector512.ConvertToSingle(Vector512.ShiftRightLogical(Vector512.Abs(r).AsInt32(), 23) - Vector512.Create(126)).As<float, T>()
            : Vector512.ConvertToDouble(Vector512.ShiftRightLogical(Vector512.Abs(r).AsInt64(), 52) - Vector512.Create(1022L)).As<double,
                T>();
        return Vector512.ConditionalSelect(Vector512.Equals(r, Vector512<T>.Zero), Vector512<T>.Zero, length);
    }

    [MethodImpl(Inline)]
    public static T Sum(Vector512<T> x) => Vector512.Sum(x);

    [MethodImpl(Inline)]
    public static T MaxAcross(Vector512<T> x)
    {
        Vector256<T> half = Vector256.MaxNative(x.GetLower(), x.GetUpper());
        return Lanes256<T>.MaxAcross(half);
    }
}
