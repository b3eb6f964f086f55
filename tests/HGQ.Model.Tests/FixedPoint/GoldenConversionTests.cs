using System;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Conversions recorded from SystemC, from the open ap_fixed headers and of doubles.</summary>
public sealed class GoldenConversionTests
{
    [GoldenFact]
    public void Conversions_of_SystemC()
    {
        JsonElement file = GoldenFixedPoint.Read("quantize_systemc.json");
        RoundingMode[] roundings = GoldenFixedPoint.Roundings(file);
        OverflowMode[] overflows = GoldenFixedPoint.Overflows(file);
        int compared = 0;
        foreach (JsonElement group in file.GetProperty("groups").EnumerateArray())
        {
            for (int q = 0; q < roundings.Length; q++)
            {
                for (int o = 0; o < overflows.Length; o++)
                {
                    compared += Compare(group, roundings[q], overflows[o], group.GetProperty("result")[q][o]);
                }
            }
        }

        Assert.Equal(file.GetProperty("conversions").GetInt32(), compared);
        foreach (JsonElement width0 in file.GetProperty("width_zero").GetProperty("cases").EnumerateArray())
        {
            CompareWidth0(width0, roundings, overflows);
        }
    }

    [GoldenFact]
    public void Conversions_of_the_ap_fixed_headers()
    {
        JsonElement file = GoldenFixedPoint.Read("quantize_ap.json");
        RoundingMode[] roundings = GoldenFixedPoint.Roundings(file);
        OverflowMode[] overflows = GoldenFixedPoint.Overflows(file);
        int compared = 0;
        foreach (JsonElement group in file.GetProperty("groups").EnumerateArray())
        {
            JsonElement modes = group.GetProperty("modes");
            for (int m = 0; m < modes.GetArrayLength(); m++)
            {
                RoundingMode rounding = roundings[modes[m][0].GetInt32()];
                OverflowMode overflow = overflows[modes[m][1].GetInt32()];
                compared += Compare(group, rounding, overflow, group.GetProperty("result")[m]);
            }
        }

        Assert.True(compared > 0);
        foreach (JsonElement difference in file.GetProperty("differences").EnumerateArray())
        {
            Check(
                difference.GetProperty("raw"),
                GoldenFixedPoint.Format(difference.GetProperty("source")),
                GoldenFixedPoint.Format(difference.GetProperty("format")),
                Enum.Parse<RoundingMode>(difference.GetProperty("rounding").GetString()!),
                Enum.Parse<OverflowMode>(difference.GetProperty("overflow").GetString()!),
                difference.GetProperty("expected"));
        }
    }

    [GoldenFact]
    public void Doubles_and_infinities()
    {
        JsonElement file = GoldenFixedPoint.Read("from_double.json");
        RoundingMode[] roundings = GoldenFixedPoint.Roundings(file);
        OverflowMode[] overflows = GoldenFixedPoint.Overflows(file);
        int compared = 0;
        foreach (JsonElement group in file.GetProperty("groups").EnumerateArray())
        {
            FixedPointFormat format = GoldenFixedPoint.Format(group.GetProperty("format"));
            double[] x = [.. group.GetProperty("x").EnumerateArray().Select(element => element.GetDouble())];
            JsonElement modes = group.GetProperty("modes");
            for (int m = 0; m < modes.GetArrayLength(); m++)
            {
                RoundingMode rounding = roundings[modes[m][0].GetInt32()];
                OverflowMode overflow = overflows[modes[m][1].GetInt32()];
                for (int n = 0; n < x.Length; n++, compared++)
                {
                    BigInteger expected = GoldenFixedPoint.Integer(group.GetProperty("result")[m][n]);
                    Assert.Equal(expected, format.FromStorage(FixedPointArithmetic.FromDouble(x[n], format, rounding, overflow)));
                }
            }

            foreach (JsonElement row in group.GetProperty("infinity").EnumerateArray())
            {
                CheckInfinities(format, overflows[row[0].GetInt32()], row);
            }
        }

        Assert.Equal(file.GetProperty("conversions").GetInt32(), compared);
    }

    private static void CheckInfinities(FixedPointFormat format, OverflowMode overflow, JsonElement row)
    {
        foreach ((double x, int column) in new[] { (double.PositiveInfinity, 1), (double.NegativeInfinity, 2) })
        {
            long actual = FixedPointArithmetic.FromDouble(x, format, RoundingMode.RoundHalfUp, overflow);
            Assert.Equal(GoldenFixedPoint.Integer(row[column]), format.FromStorage(actual));
        }
    }

    private static int Compare(JsonElement group, RoundingMode rounding, OverflowMode overflow, JsonElement expected)
    {
        FixedPointFormat source = GoldenFixedPoint.Format(group.GetProperty("source"));
        FixedPointFormat target = GoldenFixedPoint.Format(group.GetProperty("format"));
        JsonElement raw = group.GetProperty("raw");
        int compared = 0;
        for (int n = 0; n < raw.GetArrayLength(); n++)
        {
            if (expected[n].ValueKind != JsonValueKind.Null)
            {
                Check(raw[n], source, target, rounding, overflow, expected[n]);
                compared++;
            }
        }

        return compared;
    }

    private static void CompareWidth0(JsonElement width0, RoundingMode[] roundings, OverflowMode[] overflows)
    {
        FixedPointFormat target = GoldenFixedPoint.Format(width0.GetProperty("format"));
        var source = new FixedPointFormat(true, 40, width0.GetProperty("f2").GetInt32());
        foreach (RoundingMode rounding in roundings)
        {
            foreach (OverflowMode overflow in overflows)
            {
                foreach ((JsonElement raw, JsonElement result) in
                    width0.GetProperty("raw").EnumerateArray().Zip(width0.GetProperty("result").EnumerateArray()))
                {
                    Check(raw, source, target, rounding, overflow, result);
                }
            }
        }
    }

    private static void Check(
        JsonElement raw, FixedPointFormat source, FixedPointFormat target, RoundingMode rounding, OverflowMode overflow, JsonElement expected)
    {
        BigInteger value = GoldenFixedPoint.Integer(raw);
        BigInteger answer = GoldenFixedPoint.Integer(expected);
        BigInteger big = FixedPointArithmetic.Quantize(value, source.FractionBits, target, rounding, overflow);
        long fast = FixedPointArithmetic.Quantize(source.ToStorage(value), source, target, rounding, overflow);
        if (big != answer || target.FromStorage(fast) != answer)
        {
            Assert.Fail($"{value} of {source} → {target} {rounding} {overflow}: {big} and {fast}, expected {answer}");
        }
    }
}
