using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Machines;

/// <summary>A machine integer that intermediate values are held in.</summary>
/// <param name="Bits">Its width.</param>
/// <param name="Keyword">Its name in C#.</param>
internal sealed record LaneType(int Bits, string Keyword)
{
    public static readonly LaneType Int16 = new(16, "short");
    public static readonly LaneType Int32 = new(32, "int");
    public static readonly LaneType Int64 = new(64, "long");
    public static readonly LaneType Int128 = new(128, "Int128");

    public int Bytes => Bits / 8;

    /// <summary>Numbers of this type in a vector.</summary>
    public int CountIn(Machine machine) => machine.Bits / Bits;

    /// <summary>Name of the type as part of a method name.</summary>
    public string Name => this == Int16 ? "Int16" : this == Int32 ? "Int32" : this == Int64 ? "Int64" : "Int128";

    /// <summary>The narrowest that holds two's complement numbers of <paramref name="bits"/> bits.</summary>
    public static LaneType For(int bits) => bits <= 16 ? Int16 : bits <= 32 ? Int32 : bits <= 64 ? Int64 : Int128;

    public static LaneType Wider(LaneType left, LaneType right) => left.Bits >= right.Bits ? left : right;

    /// <summary>The narrowest that a number by itself is computed in: C# has no arithmetic on <c>short</c>.</summary>
    public LaneType Scalar() => this == Int16 ? Int32 : this;

    /// <summary>The number of this type that is nearest: a limit beyond it limits nothing.</summary>
    public BigInteger Saturate(BigInteger value) => Holds(value)
        ? value
        : FixedPointArithmetic.Overflow(value, new FixedPointFormat(true, Bits - 1, 0), OverflowMode.Saturate);

    /// <summary>A number modulo 2^Bits, two's complement: what this type holds of it.</summary>
    public BigInteger Reduce(BigInteger value)
    {
        if (Holds(value))
        {
            return value;
        }

        var format = new FixedPointFormat(true, Bits - 1, 0);
        return FixedPointArithmetic.Overflow(value, format, OverflowMode.Wrap);
    }

    /// <summary>A number of 64 bits modulo 2^Bits, two's complement; for types of at most 64 bits.</summary>
    public long Reduce(long value) => (value << (64 - Bits)) >> (64 - Bits);

    // Nearly every constant fits, and comparing it with two numbers is all that has to be done.
    private bool Holds(BigInteger value)
        => value >= (long.MinValue >> (64 - Math.Min(64, Bits))) && value <= (long.MaxValue >> (64 - Math.Min(64, Bits)));
}
