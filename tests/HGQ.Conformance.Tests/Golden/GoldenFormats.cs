using System.Linq;
using System.Numerics;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>Turns recorded k, i, f and raw integers into formats and constants of the graph.</summary>
internal static class GoldenFormats
{
    /// <summary>The formats of a record with the members k, i and f, spread over a tensor.</summary>
    public static TensorFormat Format(JsonElement record, TensorShape shape, string fractionBits = "f")
    {
        var k = record.GetProperty("k").Integers().BroadcastTo(shape);
        var i = record.GetProperty("i").Integers().BroadcastTo(shape);
        var f = record.GetProperty(fractionBits).Integers().BroadcastTo(shape);
        return new TensorFormat(shape, k.Select((sign, e) => Format(sign, i[e], f[e])).ToArray());
    }

    /// <summary>A format written as the list [k, i, f].</summary>
    public static FixedPointFormat Format(JsonElement list) => new(list[0].GetInt32() != 0, list[1].GetInt32(), list[2].GetInt32());

    /// <summary>Constants with formats of their own: value = raw · 2^−f.</summary>
    public static IntegerTensor Constants(JsonElement record)
    {
        var raw = record.GetProperty("raw").Integers();
        var shape = new TensorShape(raw.Shape);
        return Constants(Format(record, shape), raw.Data);
    }

    /// <summary>Constants whose raw integers all have the same fraction bits; each element's format has fewer or as many.</summary>
    public static IntegerTensor ConstantsAt(JsonElement record)
    {
        var raw = record.GetProperty("raw").Integers();
        var format = Format(record, new TensorShape(raw.Shape), "f_each");
        int bits = record.Int("f");
        return Constants(format, [.. raw.Data.Select((value, e) => Moved(value, bits, format[e].FractionBits))]);
    }

    /// <summary>An exact integer under other fraction bits.</summary>
    public static BigInteger Moved(BigInteger raw, int from, int to)
    {
        var moved = to >= from ? raw << (to - from) : raw >> (from - to);
        Assert.Equal(raw << System.Math.Max(to - from, 0), moved << System.Math.Max(from - to, 0));
        return moved;
    }

    private static FixedPointFormat Format(BigInteger k, BigInteger i, BigInteger f) => new(!k.IsZero, (int)i, (int)f);

    private static IntegerTensor Constants(TensorFormat format, BigInteger[] raw) =>
        new(format, raw.Select((value, e) => value.IsZero ? 0 : format[e].ToStorage(value)).ToArray());
}
