using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Keras.Files;
using HGQ.Import.Keras.Hgq;
using HGQ.Import.Keras.Layers;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras;

/// <summary>Translates the layers of a Keras model one by one.</summary>
internal sealed class KerasTranslator
{
    private static readonly Dictionary<string, Func<LayerTask, TensorValue>> Layers = new(StringComparer.Ordinal)
    {
        ["Dense"] = ProductLayers.Dense,
        ["QDense"] = ProductLayers.Dense,
        ["Conv1D"] = ProductLayers.Convolution,
        ["Conv2D"] = ProductLayers.Convolution,
        ["QConv1D"] = ProductLayers.Convolution,
        ["QConv2D"] = ProductLayers.Convolution,
        ["DepthwiseConv1D"] = ProductLayers.Depthwise,
        ["DepthwiseConv2D"] = ProductLayers.Depthwise,
        ["QDepthwiseConv2D"] = ProductLayers.Depthwise,
        ["SeparableConv1D"] = ProductLayers.Separable,
        ["SeparableConv2D"] = ProductLayers.Separable,
        ["QSeparableConv1D"] = ProductLayers.Separable,
        ["QSeparableConv2D"] = ProductLayers.Separable,
        ["QDenseBatchnorm"] = ProductLayers.Folded,
        ["QConv2DBatchnorm"] = ProductLayers.Folded,
        ["QDepthwiseConv2DBatchnorm"] = ProductLayers.Folded,
        ["BatchNormalization"] = ProductLayers.BatchNormalization,
        ["QBatchNormalization"] = ProductLayers.BatchNormalization,
        ["Activation"] = Activations.Layer,
        ["QActivation"] = Activations.Layer,
        ["ReLU"] = Activations.Rectifier,
        ["LeakyReLU"] = Activations.Rectifier,
        ["Softmax"] = static task => Activations.Omit(task, task.Input, "softmax"),
        ["Flatten"] = MovingLayers.Flatten,
        ["Reshape"] = MovingLayers.Reshape,
        ["Permute"] = MovingLayers.Permute,
        ["ZeroPadding1D"] = MovingLayers.ZeroPadding,
        ["ZeroPadding2D"] = MovingLayers.ZeroPadding,
        ["MaxPooling1D"] = MovingLayers.Pool,
        ["MaxPooling2D"] = MovingLayers.Pool,
        ["AveragePooling1D"] = MovingLayers.Pool,
        ["AveragePooling2D"] = MovingLayers.Pool,
        ["QAveragePooling2D"] = MovingLayers.Pool,
        ["GlobalMaxPooling1D"] = MovingLayers.GlobalPool,
        ["GlobalMaxPooling2D"] = MovingLayers.GlobalPool,
        ["GlobalAveragePooling1D"] = MovingLayers.GlobalPool,
        ["GlobalAveragePooling2D"] = MovingLayers.GlobalPool,
        ["QGlobalAveragePooling2D"] = MovingLayers.GlobalPool,
        ["Add"] = MovingLayers.Merge,
        ["Subtract"] = MovingLayers.Merge,
        ["Multiply"] = MovingLayers.Merge,
        ["Average"] = MovingLayers.Merge,
        ["Maximum"] = MovingLayers.Merge,
        ["Minimum"] = MovingLayers.Merge,
        ["Concatenate"] = MovingLayers.Merge,
        ["FixedPointQuantizer"] = HgqProxyLayers.Quantizer,
        ["UnaryLUT"] = HgqProxyLayers.UnaryTable,
        ["Dropout"] = static task => task.Input,
        ["SpatialDropout1D"] = static task => task.Input,
        ["SpatialDropout2D"] = static task => task.Input,
        ["GaussianNoise"] = static task => task.Input,
        ["GaussianDropout"] = static task => task.Input,
        ["ActivityRegularization"] = static task => task.Input,
    };

    private static readonly Dictionary<string, Func<LayerTask, TensorValue>> Hgq2 = new(StringComparer.Ordinal)
    {
        ["QDense"] = Hgq2Layers.Dense,
        ["QBatchNormDense"] = Hgq2Layers.DenseBatchNormalization,
        ["QEinsumDense"] = Hgq2Layers.Einsum,
        ["QEinsumDenseBatchnorm"] = Hgq2Layers.EinsumBatchNormalization,
        ["QConv1D"] = Hgq2Layers.Convolution,
        ["QConv2D"] = Hgq2Layers.Convolution,
        ["QBatchNormalization"] = Hgq2Layers.BatchNormalization,
        ["QAdd"] = static task => Hgq2Layers.Plain(task, MovingLayers.Merge),
        ["QSubtract"] = static task => Hgq2Layers.Plain(task, MovingLayers.Merge),
        ["QMultiply"] = static task => Hgq2Layers.Plain(task, MovingLayers.Merge),
        ["QMaximum"] = static task => Hgq2Layers.Plain(task, MovingLayers.Merge),
        ["QMinimum"] = static task => Hgq2Layers.Plain(task, MovingLayers.Merge),
        ["QAveragePow2"] = Hgq2Layers.AverageOfPowers,
        ["QSum"] = Hgq2Layers.Sum,
        ["QMeanPow2"] = Hgq2Layers.Sum,
        ["Quantizer"] = Hgq2Layers.Quantizer,
        ["QUnaryFunctionLUT"] = Hgq2Functions.Unary,
        ["QSoftmax"] = Hgq2Functions.Softmax,
        ["QMaxPooling1D"] = static task => Hgq2Layers.Plain(task, MovingLayers.Pool),
        ["QMaxPooling2D"] = static task => Hgq2Layers.Plain(task, MovingLayers.Pool),
        ["QAveragePooling1D"] = static task => Hgq2Layers.Plain(task, MovingLayers.Pool),
        ["QAveragePooling2D"] = static task => Hgq2Layers.Plain(task, MovingLayers.Pool),
        ["QGlobalMaxPooling1D"] = static task => Hgq2Layers.Plain(task, MovingLayers.GlobalPool),
        ["QGlobalMaxPooling2D"] = static task => Hgq2Layers.Plain(task, MovingLayers.GlobalPool),
        ["QGlobalAveragePooling1D"] = static task => Hgq2Layers.Plain(task, MovingLayers.GlobalPool),
        ["QGlobalAveragePooling2D"] = static task => Hgq2Layers.Plain(task, MovingLayers.GlobalPool),
    };

    private readonly KerasModel _model;
    private readonly KerasWeights _weights;
    private readonly InputQuantizers _inputs;
    private readonly Dictionary<string, TensorValue> _values = new(StringComparer.Ordinal);

    private readonly Hls4mlConfiguration? _configuration;

    public KerasTranslator(KerasModel model, KerasWeights weights, GraphDraft draft, InputQuantizers inputs,
        Hls4mlConfiguration? configuration = null)
        => (_model, _weights, Draft, _inputs, _configuration) = (model, weights, draft, inputs, configuration);

    public GraphDraft Draft { get; }

    /// <summary>Translates all layers.</summary>
    /// <returns>The tensors of the outputs, by their names in the source.</returns>
    public IReadOnlyList<(string Name, TensorValue Value)> Translate()
    {
        var read = _model.Layers.SelectMany(static layer => layer.Inputs).ToHashSet(StringComparer.Ordinal);
        foreach (KerasLayer layer in _model.Layers)
        {
            TensorValue[] inputs =
                [.. layer.Inputs.Select(name => _values.TryGetValue(name, out TensorValue? value) ? value : throw new ImportException(
                layer.Name, $"it reads '{name}', which is no layer in front of it"))];
            bool last = _model.Outputs.Contains(layer.Name) && !read.Contains(layer.Name);
            _values[layer.Name] = layer.Class == "InputLayer" ? Input(layer)
                : Translated(new LayerTask(Draft, layer, _weights.Of(layer), inputs, last));
        }

        return [.. _model.Outputs.Select(
            name => (name, _values.TryGetValue(name, out TensorValue? value) ? value
            : throw new ImportException("", $"the model's output '{name}' is no layer of it")))];
    }

    private TensorValue Translated(LayerTask task)
    {
        if (_configuration is null)
        {
            return Function(task.Layer, task.Inputs.Length)(task);
        }

        LayerPrecisions precisions = ConfiguredLayers.Of(task.Layer, _configuration);
        TensorValue value = Function(task.Layer, task.Inputs.Length)(task with { Precisions = precisions });
        return ConfiguredLayers.Result(task, precisions, value);
    }

    private TensorValue Input(KerasLayer layer)
    {
        int[] shape = layer.Integers("batch_input_shape", 1) ?? layer.Integers("batch_shape", 1) ?? layer.Integers("shape", 1)
            ?? throw layer.Refuse("it names no shape");
        shape = layer.Option("shape") is not null && layer.Option("batch_shape") is null ? shape : shape[Math.Min(1, shape.Length)..];
        shape = _inputs.ShapeOf(layer.Name) ?? shape;
        if (shape.Length == 0 || shape.Any(static size => size < 1))
        {
            throw layer.Refuse($"its shape [{string.Join(", ", shape)}] leaves a size open; a model for hardware has fixed sizes: give "
                + $"them with --shape, for example --shape 28,28,1");
        }

        return _inputs.Apply(Draft, Draft.Input(layer.Name, TensorShape.Of(shape)), layer.Name);
    }

    private static Func<LayerTask, TensorValue> Function(KerasLayer layer, int inputs)
    {
        if (inputs == 0)
        {
            throw layer.Refuse("it reads nothing");
        }

        if (layer.IsHgq2)
        {
            return Hgq2.GetValueOrDefault(layer.Class) ?? throw layer.Refuse("this layer of HGQ2 is not supported");
        }

        // Models of HGQ that are still trained have layers of their own; the numbers are in the proxy.
        if (!Layers.ContainsKey(layer.Class) && layer.Class.Length > 1 && layer.Class[0] == 'H' && char.IsAsciiLetterUpper(layer.Class[1]))
        {
            throw layer.Refuse("this is a layer of HGQ in training; convert the model with HGQ's to_proxy_model and import that");
        }

        return Layers.GetValueOrDefault(layer.Class)
            ?? throw layer.Refuse("this kind of layer is not supported; replace it by supported ones, or cut the model in front of it");
    }
}
