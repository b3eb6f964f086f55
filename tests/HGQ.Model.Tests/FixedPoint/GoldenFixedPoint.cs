using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Reads the recorded conversions; the layout is described beside the files.</summary>
internal static class GoldenFixedPoint
{
    public static JsonElement Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", "fixed", name)));
        return document.RootElement.Clone();
    }

    public static FixedPointFormat Format(JsonElement element) =>
        new(element[0].GetInt32() == 1, element[1].GetInt32(), element[2].GetInt32());

    public static BigInteger Integer(JsonElement element) => BigInteger.Parse(
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText(),
        NumberStyles.AllowLeadingSign,
        CultureInfo.InvariantCulture);

    public static RoundingMode[] Roundings(JsonElement file) =>
        [.. file.GetProperty("roundings").EnumerateArray().Select(name => Enum.Parse<RoundingMode>(name.GetString()!))];

    public static OverflowMode[] Overflows(JsonElement file) =>
        [.. file.GetProperty("overflows").EnumerateArray().Select(name => Enum.Parse<OverflowMode>(name.GetString()!))];
}
