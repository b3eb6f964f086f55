using System;
using System.Numerics;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Recorded exact products, sums and dot products, the formats that hold them, and their requantization (§3).</summary>
public sealed class GoldenArithmeticTests
{
    private static readonly Lazy<JsonElement> Vectors = new(() => GoldenFixedPoint.Read("arith.json"));

    [GoldenFact]
    public void Products()
    {
        foreach (JsonElement set in Vectors.Value.GetProperty("products").EnumerateArray())
        {
            for (int n = 0; n < set.GetProperty("a").GetArrayLength(); n++)
            {
                Operand a = Operand.Read(set, "a", n);
                Operand b = Operand.Read(set, "b", n);
                var product = new Operand(a.Raw * b.Raw, a.FractionBits + b.FractionBits, a.Interval * b.Interval);
                Check(product, set.GetProperty("format")[n], set.GetProperty("result")[n], set.GetProperty("requantized")[n]);
            }
        }
    }

    [GoldenFact]
    public void Sums()
    {
        foreach (JsonElement set in Vectors.Value.GetProperty("sums").EnumerateArray())
        {
            for (int n = 0; n < set.GetProperty("a").GetArrayLength(); n++)
            {
                Operand a = Operand.Read(set, "a", n);
                Operand b = Operand.Read(set, "b", n);
                Operand signed = set.GetProperty("sign")[n].GetInt32() < 0
                    ? new Operand(-b.Raw, b.FractionBits, -b.Interval)
                    : b;
                Check(a + signed, set.GetProperty("format")[n], set.GetProperty("result")[n], set.GetProperty("requantized")[n]);
            }
        }
    }

    [GoldenFact]
    public void Dot_products_with_formats_for_variable_and_constant_weights()
    {
        foreach (JsonElement set in Vectors.Value.GetProperty("dots").EnumerateArray())
        {
            FixedPointFormat biasFormat = GoldenFixedPoint.Format(set.GetProperty("bias_format"));
            BigInteger bias = GoldenFixedPoint.Integer(set.GetProperty("bias"));
            var variable = new Operand(bias, biasFormat.FractionBits, biasFormat.RawInterval);
            var constant = new Operand(bias, biasFormat.FractionBits, RawInterval.Point(bias));
            for (int n = 0; n < set.GetProperty("x").GetArrayLength(); n++)
            {
                Operand x = Operand.Read(set, "x", n);
                Operand w = Operand.Read(set, "w", n);
                int fractionBits = x.FractionBits + w.FractionBits;
                variable += new Operand(x.Raw * w.Raw, fractionBits, x.Interval * w.Interval);
                constant += new Operand(x.Raw * w.Raw, fractionBits, x.Interval.Scale(w.Raw));
            }

            JsonElement result = set.GetProperty("result");
            Check(variable, set.GetProperty("format"), result, set.GetProperty("requantized"));
            Check(constant, set.GetProperty("constant_weight_format"), result, set.GetProperty("requantized"));
        }
    }

    [GoldenFact]
    public void Half_a_step_in_the_bias_replaces_round_half_up()
    {
        foreach (JsonElement set in Vectors.Value.GetProperty("half_step_bias").EnumerateArray())
        {
            FixedPointFormat format = GoldenFixedPoint.Format(set.GetProperty("format"));
            OverflowMode overflow = Enum.Parse<OverflowMode>(set.GetProperty("overflow").GetString()!);
            int fractionBits = set.GetProperty("f2").GetInt32();
            BigInteger accumulator = GoldenFixedPoint.Integer(set.GetProperty("accumulator"));
            BigInteger plain = accumulator + GoldenFixedPoint.Integer(set.GetProperty("bias"));
            BigInteger biased = accumulator + GoldenFixedPoint.Integer(set.GetProperty("bias_with_half_step"));
            BigInteger expected = GoldenFixedPoint.Integer(set.GetProperty("result"));
            Assert.Equal(expected, FixedPointArithmetic.Quantize(plain, fractionBits, format, RoundingMode.RoundHalfUp, overflow));
            Assert.Equal(expected, FixedPointArithmetic.Quantize(biased, fractionBits, format, RoundingMode.Truncate, overflow));
        }
    }

    private static void Check(Operand exact, JsonElement format, JsonElement result, JsonElement requantized)
    {
        Assert.Equal(GoldenFixedPoint.Format(format), FixedPointFormat.ForInterval(exact.Interval, exact.FractionBits));
        Assert.Equal(GoldenFixedPoint.Integer(result), exact.Raw);
        RoundingMode[] roundings = GoldenFixedPoint.Roundings(Vectors.Value);
        OverflowMode[] overflows = GoldenFixedPoint.Overflows(Vectors.Value);
        foreach (JsonElement row in requantized.EnumerateArray())
        {
            RoundingMode rounding = roundings[row[3].GetInt32()];
            OverflowMode overflow = overflows[row[4].GetInt32()];
            BigInteger actual = FixedPointArithmetic.Quantize(
                exact.Raw, exact.FractionBits, GoldenFixedPoint.Format(row), rounding, overflow);
            Assert.Equal(GoldenFixedPoint.Integer(row[5]), actual);
        }
    }

    private readonly record struct Operand(BigInteger Raw, int FractionBits, RawInterval Interval)
    {
        public static Operand operator +(Operand left, Operand right)
        {
            int fractionBits = Math.Max(left.FractionBits, right.FractionBits);
            Operand a = left.At(fractionBits);
            Operand b = right.At(fractionBits);
            return new Operand(a.Raw + b.Raw, fractionBits, a.Interval + b.Interval);
        }

        public static Operand Read(JsonElement set, string name, int index)
        {
            FixedPointFormat format = GoldenFixedPoint.Format(set.GetProperty(name + "_format")[index]);
            BigInteger raw = GoldenFixedPoint.Integer(set.GetProperty(name)[index]);
            return new Operand(raw, format.FractionBits, format.RawInterval);
        }

        private Operand At(int fractionBits)
        {
            int shift = fractionBits - FractionBits;
            return new Operand(Raw << shift, fractionBits, Interval.ShiftLeft(shift));
        }
    }
}
