using System;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>Exact numbers as the constants of a model file, each in the narrowest format that holds it.</summary>
internal static class Constants
{
    private const int MostBits = 63;
    private const int ShortBits = 18;

    /// <summary>A tensor of dyadic numbers.</summary>
    /// <exception cref="ImportException">A number is no integer over a power of two, or needs more than 64 bits.</exception>
    public static IntegerTensor Tensor(string layer, string what, TensorShape shape, Rational[] values)
    {
        var raw = new long[values.Length];
        var formats = new FixedPointFormat[values.Length];
        for (var e = 0; e < values.Length; e++)
        {
            if (!values[e].IsDyadic || values[e].SignificantBits > MostBits)
            {
                throw new ImportException(layer, $"its {what} holds {values[e]}, which is no fixed-point number of at most 64 bits");
            }

            int bits = values[e].FractionBits;
            raw[e] = (long)values[e].ToRaw(bits);
            formats[e] = FixedPointFormat.ForInterval(RawInterval.Point(raw[e]), bits);
        }

        return new IntegerTensor(new TensorFormat(shape, formats), raw);
    }

    /// <summary>
    /// Splits numbers whose mantissas are long into short integers and a factor for each group, where they have one: integer codes times
    /// a scale.
    /// </summary>
    /// <param name="values">Exact numbers.</param>
    /// <param name="groupOf">Group of each number, from 0.</param>
    /// <param name="groups">Number of groups.</param>
    /// <returns>Numbers and a factor for each group whose products are <paramref name="values"/>.</returns>
    public static (Rational[] Codes, Rational[] Scales) Split(Rational[] values, Func<int, int> groupOf, int groups)
    {
        var scales = new Rational[groups];
        bool needed = values.Any(static value => !value.IsDyadic || value.SignificantBits > ShortBits);
        for (var e = 0; e < values.Length; e++)
        {
            int g = groupOf(e);
            scales[g] = needed ? CommonDivisor(scales[g], values[e]) : Rational.One;
        }

        scales = [.. scales.Select(static scale => scale.IsZero ? Rational.One : scale)];
        return ([.. values.Select((value, e) => value / scales[groupOf(e)])], scales);
    }

    // The largest number that both are integer multiples of.
    private static Rational CommonDivisor(Rational a, Rational b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b.Abs() : a;
        }

        BigInteger denominator = a.Denominator / BigInteger.GreatestCommonDivisor(a.Denominator, b.Denominator) * b.Denominator;
        BigInteger left = a.Numerator * (denominator / a.Denominator), right = b.Numerator * (denominator / b.Denominator);
        return new Rational(BigInteger.GreatestCommonDivisor(left, right), denominator);
    }
}
