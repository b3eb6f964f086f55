using System;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.Files;
using HGQ.Import.Keras.QKeras;

namespace HGQ.Import.Keras.Layers;

/// <summary>Where precisions of a configuration of hls4ml go: behind which layers, and in the place of which quantizers.</summary>
internal static class ConfiguredLayers
{
    private static readonly string[] Products =
        ["Dense", "QDense", "Conv1D", "Conv2D", "QConv1D", "QConv2D", "DepthwiseConv1D", "DepthwiseConv2D", "QDepthwiseConv2D"];

    private static readonly string[] Results =
    [
        "Activation", "QActivation", "ReLU", "LeakyReLU", "MaxPooling1D", "MaxPooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "Add",
        "Subtract", "Multiply", "Maximum", "Minimum", "Concatenate",
    ];

    private static readonly string[] Moves =
    [
        "InputLayer", "Flatten", "Reshape", "Permute", "ZeroPadding1D", "ZeroPadding2D", "Dropout", "SpatialDropout1D", "SpatialDropout2D",
        "GaussianNoise", "GaussianDropout", "ActivityRegularization", "Softmax",
    ];

    /// <summary>The precisions of a layer, or a refusal of what hls4ml computes in a way of its own.</summary>
    public static LayerPrecisions Of(KerasLayer layer, Hls4mlConfiguration configuration)
    {
        var precisions = new LayerPrecisions(configuration, layer.Name);
        if (Products.Contains(layer.Class) || (Results.Contains(layer.Class) && !IsSoftmax(layer)))
        {
            precisions.RequireKnown();
            return precisions;
        }

        return Moves.Contains(layer.Class) || IsSoftmax(layer) ? precisions : throw layer.Refuse(
            "precisions of a configuration can't be applied to this layer, which hls4ml computes in steps of its own; "
                + "leave --config-use all out");
    }

    /// <summary>The result in its precision, of layers that have one and are no products.</summary>
    public static TensorValue Result(LayerTask task, LayerPrecisions precisions, TensorValue value)
    {
        bool own = task.Layer.Class == "QActivation" && precisions.Named("result") is null;
        bool omitted = task.IsLast && IsSoftmax(task.Layer);
        return Results.Contains(task.Layer.Class) && !own && !omitted && !value.IsReal ? precisions.Result(task.Draft, value, task.Name)
            : value;
    }

    /// <summary>A product with its activation, which is a layer of its own in hls4ml, named by both.</summary>
    public static TensorValue Inside(LayerTask task, LayerPrecisions precisions, TensorValue value)
    {
        value = precisions.Sum(task.Draft, value);
        if (task.Layer.Option("activation") is not { } activation || (activation.ValueKind == JsonValueKind.String
            && activation.GetString() == "linear"))
        {
            return value;
        }

        string name = activation.ValueKind == JsonValueKind.String ? activation.GetString()! : "";
        value = Activations.Apply(task, value, activation);
        if (name is "softmax" or "sigmoid" or "log_softmax")
        {
            return value;
        }

        return name is "relu" or "relu6" or "hard_tanh"
            ? (precisions with { Layer = $"{task.Name}_{name}" }).Result(task.Draft, value, $"{task.Name}_{name}")
            : throw task.Layer.Refuse("a quantized activation inside the layer has no name that a configuration could give it; make it a "
                + "QActivation behind the layer");
    }

    /// <summary>The activation without the quantizer that a precision of the layer replaces; null where it keeps its own.</summary>
    public static TensorValue? Replaced(LayerTask task, LayerPrecisions precisions, JsonElement activation)
    {
        if (task.Layer.Class != "QActivation" || precisions.Named("result") is null)
        {
            return null;
        }

        QuantizerCall call = QuantizerCall.Read(task.Layer, activation);
        return call.Kind switch
        {
            "quantized_relu" when call.Number("negative_slope", 0) == 0 && !call.Flag("use_sigmoid", false)
                => task.Input.Then(new RectifyStep(Rational.Zero)),
            "quantized_bits" or "quantized_linear" => task.Input,
            _ => throw precisions.Refuse("result", $"it would replace {call.Kind}; quantized_relu and quantized_bits can be replaced"),
        };
    }

    private static bool IsSoftmax(KerasLayer layer) => layer.Option("activation") is { ValueKind: JsonValueKind.String } activation
        && activation.GetString() is "softmax" or "log_softmax";
}
