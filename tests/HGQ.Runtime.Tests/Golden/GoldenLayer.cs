using System;
using System.Text.Json;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Layers from recorded descriptions of the first version.</summary>
internal static class GoldenLayer
{
    public static HLayer Create(JsonElement record)
    {
        var name = record.GetProperty("name").GetString();
        return record.GetProperty("type").GetString() switch
        {
            "HQuantize" => new HQuantize(Paq(record), name),
            "Signature" => new Signature(record.GetProperty("keep_negative").GetInt32() != 0, Int(record, "bits"), Int(record, "int_bits"), name),
            "HDense" => new HDense(Int(record, "units"), Activation(record), Beta(record), UseBias(record), Kq(record), Paq(record), name),
            var type => throw new ArgumentException(type),
        };
    }

    private static int Int(JsonElement record, string name) => record.GetProperty(name).GetInt32();

    private static double Beta(JsonElement record) => record.GetProperty("beta").GetDouble();

    private static bool UseBias(JsonElement record) => record.GetProperty("use_bias").GetBoolean();

    private static Activation Activation(JsonElement record) => record.GetProperty("activation").GetString() switch
    {
        "linear" => HGQ.Runtime.Layers.Activation.Linear,
        "relu" => HGQ.Runtime.Layers.Activation.Relu,
        var name => throw new ArgumentException(name),
    };

    private static QuantizerConfig Kq(JsonElement record) => GoldenQuantizer.Config(record.GetProperty("kq"));

    private static QuantizerConfig Paq(JsonElement record) => GoldenQuantizer.Config(record.GetProperty("paq"));
}
