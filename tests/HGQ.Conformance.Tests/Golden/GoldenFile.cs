using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using HGQ.Model.Graph;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>Reads the recorded files and the arrays in them; the layout is described beside the files.</summary>
internal static class GoldenFile
{
    /// <summary>The root of a gzipped file of the shared folder.</summary>
    public static JsonElement Read(params string[] parts)
    {
        using var file = File.OpenRead(SharedVectors.Find(parts));
        using var text = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The member, or null where it is missing or null.</summary>
    public static JsonElement? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A member that must be a text.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A member that must be an integer.</summary>
    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    /// <summary>A plain list of integers.</summary>
    public static int[] Ints(this JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetInt32())];

    /// <summary>A plain list of texts.</summary>
    public static string[] Texts(this JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>A plain list as a shape.</summary>
    public static TensorShape Shape(this JsonElement element) => new(element.Ints());

    /// <summary>Integers, exact however large; a number alone is an array without dimensions.</summary>
    public static GoldenArray<BigInteger> Integers(this JsonElement element) => Array(element, Integer);

    /// <summary>Reals; every recorded decimal round-trips.</summary>
    public static GoldenArray<double> Reals(this JsonElement element) => Array(element, item => item.GetDouble());

    private static GoldenArray<T> Array<T>(JsonElement element, System.Func<JsonElement, T> convert) =>
        element.ValueKind == JsonValueKind.Object
            ? new([.. element.GetProperty("shape").Ints()], [.. element.GetProperty("data").EnumerateArray().Select(convert)])
            : new([], [convert(element)]);

    private static BigInteger Integer(JsonElement element) => BigInteger.Parse(
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText(),
        NumberStyles.AllowLeadingSign,
        CultureInfo.InvariantCulture);
}
