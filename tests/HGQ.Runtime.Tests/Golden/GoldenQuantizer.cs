using System;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Quantizers from recorded descriptions.</summary>
internal static class GoldenQuantizer
{
    public static SkipDims SkipDims(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => HGQ.Runtime.Quantizers.SkipDims.None,
        JsonValueKind.String => element.GetString(),
        _ => new SkipDims(element.EnumerateArray().Select(d => d.GetInt32())),
    };

    public static RoundingStrategy Strategy(string name) => name switch
    {
        "standard_round" => RoundingStrategy.Standard,
        "stochastic_round" => RoundingStrategy.Stochastic,
        "fast_uniform_noise_injection" => RoundingStrategy.Noise,
        "floor" => RoundingStrategy.Floor,
        "auto" => RoundingStrategy.Auto,
        _ => throw new ArgumentException(name),
    };

    public static BitRange Range(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? new BitRange(element[0].GetDouble(), element[1].GetDouble())
        : BitRange.Unlimited;

    public static QuantizerConfig Config(JsonElement record) => new()
    {
        InitBw = record.GetProperty("init_bw").GetDouble(),
        SkipDims = SkipDims(record.GetProperty("skip_dims")),
        RndStrategy = Strategy(record.GetProperty("rnd_strategy").GetString()!),
        ExactQValue = record.GetProperty("exact_q_value").GetBoolean(),
        BwClip = Range(record.GetProperty("bw_clip")),
        Trainable = record.GetProperty("trainable").GetBoolean(),
        Regularizer = record.GetProperty("l1").GetDouble() is not 0 and var l1 ? new MonoL1(l1) : null,
    };

    /// <summary>A quantizer for tensors of the shape of the case's <c>shape</c>, its widths set.</summary>
    public static HgqQuantizer Create(JsonElement c, string widths, torch.ScalarType type, bool record = false)
    {
        var quantizer = new HgqQuantizer(
            2,
            SkipDims(c.TryGetProperty("skip_dims", out var dims) ? dims : default),
            c.Has("rnd_strategy") ? Strategy(c.GetProperty("rnd_strategy").GetString()!) : RoundingStrategy.Standard,
            !c.Has("exact_q_value") || c.GetProperty("exact_q_value").GetBoolean(),
            type,
            c.TryGetProperty("bw_clip", out var clip) ? Range(clip) : BitRange.Unlimited,
            minmaxRecord: record);
        if (c.Has("shape"))
        {
            quantizer.Build([.. c.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64())], c.Id());
            Set(quantizer.Fbw, c.Tensor(widths, type));
        }
        else
        {
            quantizer.Build(new Parameter(c.Tensor(widths, type)), c.Id());
        }

        return quantizer;
    }

    public static void Set(torch.Tensor target, torch.Tensor value)
    {
        using var noGradient = torch.no_grad();
        Assert.Equal(target.shape, value.shape);
        target.copy_(value);
    }
}
