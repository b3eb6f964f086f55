using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers.FixedPoint;

/// <summary>Reads the cases of golden/v2/quantizer.json.</summary>
internal static class FixedPointGolden
{
    /// <summary>All cases of one section.</summary>
    public static IEnumerable<JsonElement> Section(string name) => Section("quantizer.json", name);

    /// <summary>All cases of one section of a file of the second version.</summary>
    public static JsonElement[] Section(string file, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedVectors.Find("golden", "v2", file)));
        return [.. document.RootElement.GetProperty(name).EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>The case with this id.</summary>
    public static JsonElement Case(string section, string id) => Section(section).Single(c => c.GetProperty("id").GetString() == id);

    /// <summary>Identifiers of a section's cases, for theories; one row that is not run where the vectors are not at hand.</summary>
    public static IEnumerable<object[]> Ids(string section) => SharedVectors.Missing is null
        ? Section(section).Select(c => new object[] { c.GetProperty("id").GetString()! })
        : [["-"]];

    /// <summary>A number, or "inf".</summary>
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity
        : value.GetDouble();

    /// <summary>The numbers of an array, or one number.</summary>
    public static double[] Numbers(JsonElement array) => array.ValueKind == JsonValueKind.Object
        ? [.. array.GetProperty("data").EnumerateArray().Select(Number)]
        : [Number(array)];

    /// <summary>Shape of an array; [1] for a number.</summary>
    public static long[] Shape(JsonElement array) => array.ValueKind == JsonValueKind.Object
        ? [.. array.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64())]
        : [1];

    /// <summary>A tensor of an array.</summary>
    public static torch.Tensor Tensor(JsonElement array, torch.ScalarType type) => torch.tensor(Numbers(array), Shape(array), dtype: type);

    /// <summary>The quantizer of a case, its parameters as recorded.</summary>
    public static FixedPointQuantizer Quantizer(JsonElement c, long[] shape, torch.ScalarType type, bool traceSign)
    {
        bool kbi = c.GetProperty("parametrisation").GetString() == "kbi";
        var limits = c.TryGetProperty("i_limits", out var l) ? new BitRange(Number(l[0]), Number(l[1])) : BitRange.Unlimited;
        var quantizer = new FixedPointQuantizer(new FixedPointQuantizerConfig
        {
            Parametrisation = kbi ? Parametrisation.Kbi : Parametrisation.Kif,
            KeepNegative = traceSign ? null : true,
            Rounding = Enum.Parse<RoundingMode>(c.GetProperty("rounding").GetString()!),
            Overflow = Enum.Parse<OverflowMode>(c.GetProperty("overflow").GetString()!),
            Decay = c.TryGetProperty("decay", out var decay) ? Number(decay) : 0,
            SkipDims = c.TryGetProperty("shared_axes", out var axes) ? axes.EnumerateArray().Select(a => a.GetInt32()).ToArray() : SkipDims.All,
            IntegerLimits = limits,
            FractionLimits = BitRange.Unlimited,
            BitLimits = BitRange.Unlimited,
        });
        quantizer.Build(shape, "q");
        quantizer = (FixedPointQuantizer)quantizer.to(type);
        Set(quantizer.IntegerBits, Numbers(c.GetProperty("i")));
        Set(quantizer.KeepNegative, Numbers(c.GetProperty("k")));
        Set(kbi ? quantizer.Bits : quantizer.FractionBits, Numbers(c.GetProperty(kbi ? "b" : "f")));
        return quantizer;
    }

    /// <summary>Overwrites a parameter.</summary>
    public static void Set(torch.Tensor parameter, double[] values)
    {
        using var noGradient = torch.no_grad();
        parameter.copy_(torch.tensor(values, dtype: torch.float64).expand(parameter.numel()).reshape(parameter.shape));
    }

    /// <summary>The numbers of a tensor.</summary>
    public static double[] Values(torch.Tensor tensor) => tensor.detach().to(torch.float64).contiguous().data<double>().ToArray();
}
