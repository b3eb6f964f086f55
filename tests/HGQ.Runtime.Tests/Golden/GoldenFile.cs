using System.Collections.Generic;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Reads recorded cases; the layout is described beside the files.</summary>
internal static class GoldenFile
{
    private static readonly ConcurrentDictionary<string, JsonElement> Files = new();

    public static JsonElement Read(string version, string name) => Files.GetOrAdd($"{version}/{name}", _ =>
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", version, name)));
        return document.RootElement.Clone();
    });

    /// <summary>The cases of a file of the first version; a file without any would test nothing.</summary>
    public static IReadOnlyList<JsonElement> Cases(string name)
    {
        JsonElement[] cases = [.. Read("v1", name).GetProperty("cases").EnumerateArray()];
        Assert.NotEmpty(cases);
        return cases;
    }

    public static string Id(this JsonElement element) => element.GetProperty("id").GetString()!;

    public static bool Has(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    public static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            var text => throw new InvalidDataException($"\"{text}\" is no number."),
        },
        _ => throw new InvalidDataException($"{element.ValueKind} is no number."),
    };

    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).GetProperty("data").EnumerateArray().Select(Number)];

    public static int[] Integers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).GetProperty("data").EnumerateArray().Select(x => x.GetInt32())];

    public static long[] Shape(this JsonElement array) => [.. array.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())];

    public static torch.Tensor Tensor(this JsonElement element, string name, torch.ScalarType type = torch.ScalarType.Float32) =>
        ToTensor(element.GetProperty(name), type);

    public static torch.Tensor ToTensor(JsonElement array, torch.ScalarType type = torch.ScalarType.Float32)
    {
        double[] values = [.. array.GetProperty("data").EnumerateArray().Select(Number)];
        return torch.tensor(values, array.Shape(), dtype: type);
    }

    public static double[] Values(this torch.Tensor tensor) => [.. tensor.detach().to_type(torch.float64).contiguous().data<double>()];
}
