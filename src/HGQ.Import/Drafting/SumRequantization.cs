using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;

namespace HGQ.Import.Drafting;

/// <summary>
/// Integer multipliers for the sum of two tensors with scales of their own: round half even((m · x + l · y + o) / 2^n), accepted only if
/// it gives the
/// source's code for every pair of integers that can come.
/// </summary>
/// <param name="Left">m / 2^n.</param>
/// <param name="Right">l / 2^n.</param>
/// <param name="Offset">o / 2^n.</param>
/// <param name="Least">Least code.</param>
/// <param name="Most">Largest code.</param>
internal sealed record SumRequantization(Rational Left, Rational Right, Rational Offset, BigInteger Least, BigInteger Most)
{
    private const int MostShift = 40;
    private const int MostRows = 1 << 10;

    public static SumRequantization? Find(TensorValue value, CodeTarget target)
    {
        PendingSum sum = value.Pending!;
        ChannelRange left = value.Range!, right = sum.Integers.Range!;
        BigInteger leftLow = left.Low.Min(), leftHigh = left.High.Max(), low = right.Low.Min(), high = right.High.Max();
        bool byChannel = target.Scale.Length > 1
            || value.Steps.Any(static step => step is AffineStep a && (a.Scale.Length > 1 || a.Offset.Length > 1));
        if (leftHigh - leftLow >= MostRows || byChannel)
        {
            return null;
        }

        Rational leftUnit = sum.LeftScale * Rational.PowerOfTwo(-left.FractionBits),
            rightUnit = sum.Scale * Rational.PowerOfTwo(-right.FractionBits);
        Rational factor = value.Steps.OfType<AffineStep>().Aggregate(Rational.One,
            static (product, step) => product * step.Scale[0]) / target.Scale[0];
        var rows = new CodeBorders[(int)(leftHigh - leftLow) + 1];
        for (var n = 0; n < rows.Length; n++)
        {
            Rational at = (Rational)(leftLow + n) * leftUnit;
            CodeBorders? borders = CodeBorders.Find(
                y => target.Code(0, StepList.Apply(value.Steps, 0, at + ((Rational)y * rightUnit))), low, high, rightUnit * factor);
            if (borders is null)
            {
                return null;
            }

            rows[n] = borders;
        }

        BigInteger least = rows.Min(static row => row.Least), most = rows.Max(static row => row.Most);
        for (var shift = 0; shift <= MostShift; shift++)
        {
            Rational scale = Rational.PowerOfTwo(shift) * factor;
            BigInteger m = Nearest(leftUnit * scale), l = Nearest(rightUnit * scale);
            if (CodeBorders.Summand(rows, leftLow, m, l, least, most, shift) is { } offset)
            {
                BigInteger unit = BigInteger.One << shift;
                return new SumRequantization(
                    new Rational(m, unit) * Rational.PowerOfTwo(left.FractionBits),
                        new Rational(l, unit) * Rational.PowerOfTwo(right.FractionBits),
                    new Rational(offset, unit), least, most);
            }
        }

        return null;
    }

    private static BigInteger Nearest(Rational x) => (x + new Rational(1, 2)).Floor();
}
