using System.Globalization;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The roundings as a truncation plus one bit (docs/fixed-point.md §2.2): no carry runs through the dropped bits.</summary>
internal static class RoundingText
{
    private static readonly WireType Bool = new(false, 1);

    /// <summary>The operand without its lowest <paramref name="shift"/> bits, rounded.</summary>
    public static string Rounded(KernelWriter kernel, Operand x, int shift, RoundingMode rounding)
    {
        // Half a step is beyond every value: the vendor's headers would stop here (docs/fixed-point.md §4.5).
        if (shift > x.Type.Width)
        {
            return "0";
        }

        kernel.Cost.CountAdder(System.Math.Max(1, x.Type.Width - shift));
        var whole = shift == x.Type.Width
            ? x.Type.Signed ? $"({x.Text} >> {Number(shift - 1)})" : "0"
            : $"({x.Text} >> {Number(shift)})";
        var carry = Carry(kernel, x, shift, rounding);
        return carry == "false" ? whole : $"{whole} + {kernel.Cpp(Bool)}({carry})";
    }

    private static string Carry(KernelWriter kernel, Operand x, int shift, RoundingMode rounding)
    {
        var half = Bit(x, shift - 1);
        var negative = x.Interval.Low.Sign < 0 ? Bit(x, x.Type.Width - 1) : "false";
        return rounding switch
        {
            RoundingMode.RoundHalfUp => half,
            RoundingMode.RoundHalfDown => And(half, Rest(kernel, x, shift - 1)),
            RoundingMode.RoundHalfToZero => And(half, Or(Rest(kernel, x, shift - 1), negative)),
            RoundingMode.RoundHalfAway => negative == "false" ? half : And(half, Or(Rest(kernel, x, shift - 1), "!" + negative)),
            RoundingMode.RoundHalfEven => And(half, Or(Rest(kernel, x, shift - 1), Bit(x, shift))),
            RoundingMode.TruncateToZero => And(negative, Rest(kernel, x, shift)),
            RoundingMode.Truncate => "false",
            _ => throw new System.ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
        };
    }

    /// <summary>Whether any of the lowest bits is set.</summary>
    private static string Rest(KernelWriter kernel, Operand x, int bits)
    {
        if (bits == 0)
        {
            return "false";
        }

        var type = new WireType(false, bits);
        return $"{kernel.Cpp(type)}({x.Text}) != {kernel.Typed(type, 0)}";
    }

    /// <summary>A bit, sign-extended.</summary>
    private static string Bit(Operand x, int bit) => bit < x.Type.Width
        ? $"{x.Text}[{Number(bit)}]"
        : x.Type.Signed ? $"{x.Text}[{Number(x.Type.Width - 1)}]" : "false";

    private static string And(string left, string right) =>
        left == "false" || right == "false" ? "false" : right.Contains("||", System.StringComparison.Ordinal) ? $"{left} && ({right})" : $"{left} && {right}";

    private static string Or(string left, string right) => left == "false" ? right : right == "false" ? left : $"{left} || {right}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
