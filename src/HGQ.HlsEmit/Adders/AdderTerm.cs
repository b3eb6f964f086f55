using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>A summand: an operand times plus or minus a power of two.</summary>
/// <param name="Operand">What is added.</param>
/// <param name="Shift">Bits it is shifted left by.</param>
/// <param name="Negative">Subtracted.</param>
/// <param name="Depth">Adders on the longest way to it.</param>
/// <param name="Leaves">Named operands in the text of <see cref="Operand"/>.</param>
internal readonly record struct AdderTerm(Operand Operand, int Shift, bool Negative, int Depth = 0, int Leaves = 1)
{
    /// <summary>What the operand is still to be multiplied by; null where it is a number of its own.</summary>
    public BigInteger? Factor { get; init; }

    /// <summary>Everything it can be before it is subtracted.</summary>
    public RawInterval Interval =>
        (Factor is { } factor ? Operand.Interval * RawInterval.Point(factor) : Operand.Interval).ShiftLeft(Shift);

    /// <summary>A product with a constant, with its trailing zeros in the shift and its sign in <see cref="Negative"/>.</summary>
    public static AdderTerm Product(Operand operand, BigInteger weight)
    {
        var magnitude = Of(weight);
        return new AdderTerm(operand, magnitude.Shift, magnitude.Negative) { Factor = magnitude.Operand.Interval.Low };
    }

    /// <summary>A constant, with its trailing zeros in the shift and its sign in <see cref="Negative"/>.</summary>
    public static AdderTerm Of(BigInteger constant)
    {
        var magnitude = BigInteger.Abs(constant);
        var shift = 0;
        while (!magnitude.IsZero && magnitude.IsEven)
        {
            magnitude >>= 1;
            shift++;
        }

        return new AdderTerm(Operand.Of(magnitude), shift, constant.Sign < 0);
    }
}
