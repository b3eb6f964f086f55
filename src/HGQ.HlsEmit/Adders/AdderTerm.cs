using System.Numerics;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Adders;

/// <summary>A summand: an operand times plus or minus a power of two.</summary>
/// <param name="Operand">What is added.</param>
/// <param name="Shift">Bits it is shifted left by.</param>
/// <param name="Negative">Subtracted.</param>
/// <param name="Depth">Adders on the longest way to it.</param>
/// <param name="Leaves">Named operands in the text of <see cref="Operand"/>.</param>
internal readonly record struct AdderTerm(Operand Operand, int Shift, bool Negative, int Depth = 0, int Leaves = 1)
{
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
