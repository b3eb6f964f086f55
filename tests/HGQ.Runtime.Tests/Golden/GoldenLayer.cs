using System;
using System.Linq;
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
            "HConv1D" => new HConv1D(Conv(record), name),
            "HConv2D" => new HConv2D(Conv(record), name),
            "HDenseBatchNorm" => new HDenseBatchNorm(
                Int(record, "units"), Activation(record), Beta(record), UseBias(record), Kq(record), Paq(record), BatchNorm(record), name),
            "HConv1DBatchNorm" => new HConv1DBatchNorm(Conv(record), BatchNorm(record), name),
            "HConv2DBatchNorm" => new HConv2DBatchNorm(Conv(record), BatchNorm(record), name),
            "HAdd" => new HAdd(Paq(record), name),
            "HActivation" => new HActivation(Function(record), Paq(record), name),
            "PMaxPool1D" => new PMaxPool1D(List(record, "pool_size")!, List(record, "strides"), Padding(record), name),
            "PMaxPool2D" => new PMaxPool2D(List(record, "pool_size")!, List(record, "strides"), Padding(record), name),
            "PAvgPool1D" => new PAvgPool1D(List(record, "pool_size")!, List(record, "strides"), Padding(record), name),
            "PAvgPool2D" => new PAvgPool2D(List(record, "pool_size")!, List(record, "strides"), Padding(record), name),
            "PFlatten" => new PFlatten(name),
            "PReshape" => new PReshape(List(record, "target_shape")!, name),
            "PPermute" => new PPermute([.. List(record, "dims")!.Select(d => (int)d)], name),
            "PConcatenate" => new PConcatenate(Int(record, "axis"), name),
            "PDropout" => new PDropout(record.GetProperty("rate").GetDouble(), name),
            var type => throw new ArgumentException(type),
        };
    }

    private static ConvOptions Conv(JsonElement record) => new(Int(record, "filters"), List(record, "kernel_size")!)
    {
        Strides = List(record, "strides")!,
        Dilations = List(record, "dilation_rate")!,
        Padding = Padding(record),
        Groups = Int(record, "groups"),
        Activation = Activation(record),
        Beta = Beta(record),
        UseBias = UseBias(record),
        ParallelFactor = Int(record, "parallel_factor"),
        Kq = Kq(record),
        Paq = Paq(record),
    };

    private static BatchNormOptions BatchNorm(JsonElement record) => new()
    {
        Momentum = record.GetProperty("momentum").GetDouble(),
        Epsilon = record.GetProperty("epsilon").GetDouble(),
    };

    private static UnaryFunction Function(JsonElement record) => record.GetProperty("activation").GetString() switch
    {
        "tanh" => UnaryFunction.Tanh,
        "sigmoid" => UnaryFunction.Sigmoid,
        "relu" => UnaryFunction.Relu,
        "elu" => UnaryFunction.Elu,
        "softplus" => UnaryFunction.Softplus,
        "exponential" => UnaryFunction.Exponential,
        var name => throw new ArgumentException(name),
    };

    private static Padding Padding(JsonElement record) => record.GetProperty("padding").GetString() switch
    {
        "valid" => HGQ.Runtime.Layers.Padding.Valid,
        "same" => HGQ.Runtime.Layers.Padding.Same,
        var name => throw new ArgumentException(name),
    };

    private static long[]? List(JsonElement record, string name) =>
        record.Has(name) ? [.. record.GetProperty(name).EnumerateArray().Select(n => n.GetInt64())] : null;

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
