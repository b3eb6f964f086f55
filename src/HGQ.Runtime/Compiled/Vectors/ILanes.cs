using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// The vector operations that the compiled step is written in, for one width of vectors and one type of numbers. Every implementation is a
/// struct that only serves as a type argument, so that the compiler makes straight code of each combination.
/// </summary>
/// <typeparam name="TVector">A vector of numbers.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the machine has 32 vector registers: decides how many sums a product keeps at once.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Zero { get; }

    /// <summary>0, 1, 2, …</summary>
    static abstract TVector Indices { get; }

    static abstract TVector Create(T value);

    static abstract TVector Load(T* source);

    static abstract void Store(TVector value, T* target);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The smaller one; which of the two where the second is no number, is not said.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The larger one; the second where it is no number.</summary>
    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector Floor(TVector x);

    /// <summary>Halves to even.</summary>
    static abstract TVector Round(TVector x);

    static abstract TVector SquareRoot(TVector x);

    static abstract TVector Exp(TVector x);

    static abstract TVector Log(TVector x);

    static abstract TVector GreaterThan(TVector a, TVector b);

    static abstract TVector GreaterThanOrEqual(TVector a, TVector b);

    static abstract TVector Equals(TVector a, TVector b);

    static abstract TVector Or(TVector a, TVector b);

    static abstract TVector And(TVector a, TVector b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>2^n for integral n inside the normal range.</summary>
    static abstract TVector PowerOfTwo(TVector n);

    /// <summary>Bits of integral magnitudes: ⌊log2|r|⌋ + 1, and 0 for 0.</summary>
    static abstract TVector BitLength(TVector r);

    static abstract T Sum(TVector x);

    /// <summary>The largest element.</summary>
    static abstract T MaxAcross(TVector x);
}
