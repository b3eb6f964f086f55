using System;
using System.Numerics;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Tests;

/// <summary>Integer multipliers against the rational scales that they replace, for every integer that can come.</summary>
public sealed class RequantizationTests
{
    [Fact]
    public void Multipliers_give_the_codes_of_the_rational()
    {
        var random = new Random(71);
        for (var n = 0; n < 300; n++)
        {
            int bits = random.Next(2, 9), reach = 1 << random.Next(4, 12);
            Rational scale = Rational.Of((float)Math.Exp(random.NextDouble() * 4)),
                offset = Rational.Of((float)(random.NextDouble() - 0.5));
            Rational factor = Rational.Of((float)((random.NextDouble() - 0.5) * 3));
            var target = CodeTarget.Of(scale, bits, signed: n % 2 == 0, narrow: n % 3 == 0, n % 5 == 0 ? SourceRounding.Floor
                : n % 7 == 0 ? SourceRounding.Ceiling : SourceRounding.HalfEven);
            Step[] steps = n % 4 == 0 ? [new AffineStep([factor], [offset]), new RectifyStep(Rational.Zero)]
                : [new AffineStep([factor], [offset])];
            var value = new TensorValue("x", TensorShape.Of(1), false, steps, ChannelRange.Uniform(1, 0, -reach, reach - 1));
            Requantization found = Requantization.Find(value, target) ?? throw new InvalidOperationException("no multiplier");
            for (int x = -reach; x < reach; x++)
            {
                BigInteger expected = target.Code(0, StepList.Apply(steps, 0, x));
                BigInteger code = Roundings.Apply(SourceRounding.HalfEven, ((Rational)x * found.Scale[0]) + found.Offset[0]);
                Assert.Equal(expected, BigInteger.Max(found.Least, BigInteger.Min(found.Most, code)));
            }
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1.5)]
    [InlineData(5e-324)]
    [InlineData(1e300)]
    public void A_double_is_its_exact_value(double x) => Assert.Equal(x, Rational.Of(x).ToDouble());

    [Fact]
    public void A_root_is_exact_where_it_is_rational()
    {
        Assert.Equal(new Rational(3, 4), Rational.Sqrt(new Rational(9, 16)));
        Rational root = Rational.Sqrt(2);
        Assert.True((root * root) < 2 && (root + Rational.PowerOfTwo(-190)) * (root + Rational.PowerOfTwo(-190)) > 2);
    }
}
