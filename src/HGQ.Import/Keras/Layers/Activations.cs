using System;
using System.Text.Json;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.QKeras;

namespace HGQ.Import.Keras.Layers;

/// <summary>Activations of Keras by name, and the quantizers that QKeras puts in their place.</summary>
internal static class Activations
{
    /// <summary>The activation within a layer, by its option <c>activation</c>.</summary>
    public static TensorValue Inside(LayerTask task, TensorValue value)
    {
        if (task.Precisions is { } precisions)
        {
            return ConfiguredLayers.Inside(task, precisions, value);
        }

        return task.Layer.Option("activation") is { } activation ? Apply(task, value, activation) : value;
    }

    public static TensorValue Layer(LayerTask task)
    {
        JsonElement activation = task.Layer.Option("activation") ?? throw task.Layer.Refuse("it names no activation");
        return task.Precisions is { } precisions && ConfiguredLayers.Replaced(task, precisions, activation) is { } value ? value
            : Apply(task, task.Input, activation);
    }

    public static TensorValue Rectifier(LayerTask task)
    {
        double slope = task.Layer.Class == "LeakyReLU" ? task.Layer.Number("alpha", task.Layer.Number("negative_slope", 0.3))
            : task.Layer.Number("negative_slope", 0);
        if (task.Layer.Number("threshold", 0) != 0)
        {
            throw task.Layer.Refuse("its threshold is not 0");
        }

        // Keras computes with the slope as float32 has it.
        TensorValue value = task.Input.Then(new RectifyStep(Rational.Of((float)slope)));
        return task.Layer.Option("max_value") is null ? value : value.Then(new ClipStep(null, task.Layer.Exact("max_value", 0)));
    }

    /// <summary>A softmax or sigmoid whose result only leaves the model: the largest stays the largest.</summary>
    public static TensorValue Omit(LayerTask task, TensorValue value, string function)
    {
        if (!task.IsLast)
        {
            return task.Draft.Floats is not null && FloatFunctions.Of(function) is { } step ? value.Then(step) : throw task.Layer.Refuse(
                $"{function} without quantizers inside the model has no exact form; quantize it, or leave it out");
        }

        task.Draft.Notes.Add(
            $"{task.Name}: {function} at the end of the model is left out; results are those in front of it, and the largest is the same");
        return value;
    }

    internal static TensorValue Apply(LayerTask task, TensorValue value, JsonElement activation)
    {
        if (activation.ValueKind == JsonValueKind.Object && activation.TryGetProperty("class_name", out JsonElement kind)
            && kind.ValueKind == JsonValueKind.String
            && kind.GetString() is "function" && activation.TryGetProperty("config", out JsonElement config)
                && config.ValueKind == JsonValueKind.String)
        {
            activation = config;
        }

        if (activation.ValueKind != JsonValueKind.String)
        {
            return QuantizedActivations.Apply(task.Draft, value, QuantizerName(task), QuantizerCall.Read(task.Layer, activation));
        }

        string name = activation.GetString()!;
        return name switch
        {
            "linear" => value,
            "relu" => value.Then(new RectifyStep(Rational.Zero)),
            "relu6" => value.Then(new RectifyStep(Rational.Zero)).Then(new ClipStep(null, 6)),
            "hard_tanh" => value.Then(new ClipStep(-1, 1)),
            "softmax" or "sigmoid" or "log_softmax" => Omit(task, value, name),
            _ when name.Contains('(', StringComparison.Ordinal) || name.StartsWith("quantized_", StringComparison.Ordinal)
                || name is "binary" or "ternary"
                => QuantizedActivations.Apply(task.Draft, value, QuantizerName(task), QuantizerCall.Read(task.Layer, activation)),
            _ when task.Draft.Floats is not null && FloatFunctions.Of(name) is { } step => value.Then(step),
            _ => throw task.Layer.Refuse(
                $"the activation {name} without a quantizer has no exact form; use relu, or an activation of QKeras or HGQ2"),
        };
    }

    // Within a layer that computes the layer's own name is taken.
    private static string QuantizerName(LayerTask task) => task.Layer.Class is "QActivation" or "Activation" ? task.Name
        : task.Name + "_activation";
}
