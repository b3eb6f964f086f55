using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.QKeras;

namespace HGQ.Import.Keras.Layers;

/// <summary>Dense layers, convolutions and normalisations of Keras and QKeras.</summary>
internal static class ProductLayers
{
    public static TensorValue Dense(LayerTask task)
    {
        HdfArray kernel = task.Weights.Get("kernel", "kernel", "bias");
        Require(task, kernel, 2);
        Rational[] weights = Quantized(task, kernel, "kernel_quantizer", isKernel: true);
        TensorValue sum = task.Draft.Dense(task.Input, task.Name, weights, kernel.Shape[1], Bias(task, kernel.Shape[1], "kernel", "bias"));
        return Activations.Inside(task, sum);
    }

    public static TensorValue Convolution(LayerTask task)
    {
        HdfArray kernel = task.Weights.Get("kernel", "kernel", "bias");
        int axes = task.Layer.Class.Contains("1D", StringComparison.Ordinal) ? 1 : 2;
        Require(task, kernel, axes + 2);
        Rational[] weights = Quantized(task, kernel, "kernel_quantizer", isKernel: true);
        ConvolutionShape shape = task.Convolution(kernel.Shape[..axes], task.Layer.Integer("groups", 1), kernel.Shape[^1]);
        TensorValue sum = task.Draft.Convolution(task.ChannelsLastInput, task.Name, shape, weights,
            Bias(task, kernel.Shape[^1], "kernel", "bias"));
        return Activations.Inside(task, sum);
    }

    public static TensorValue Depthwise(LayerTask task)
    {
        HdfArray kernel = task.Weights.Find("depthwise_kernel", "depthwise_kernel", "bias") ?? task.Weights.Get("kernel", "kernel", "bias");
        int axes = task.Layer.Class.Contains("1D", StringComparison.Ordinal) ? 1 : 2;
        Require(task, kernel, axes + 2);
        Rational[] weights = Quantized(task, kernel, "depthwise_quantizer", isKernel: true);

        // Outputs stand channel by channel, so that [taps, channels, multiplier] is [taps, 1, channels · multiplier].
        int outputs = kernel.Shape[^2] * kernel.Shape[^1];
        ConvolutionShape shape = task.Convolution(kernel.Shape[..axes], kernel.Shape[^2], outputs);
        TensorValue sum = task.Draft.Convolution(task.ChannelsLastInput, task.Name, shape, weights,
            Bias(task, outputs, "depthwise_kernel", "bias"));
        return Activations.Inside(task, sum);
    }

    public static TensorValue Separable(LayerTask task)
    {
        string[] order = ["depthwise_kernel", "pointwise_kernel", "bias"];
        HdfArray depthwise = task.Weights.Get("depthwise_kernel", order), pointwise = task.Weights.Get("pointwise_kernel", order);
        int axes = task.Layer.Class.Contains("1D", StringComparison.Ordinal) ? 1 : 2;
        Require(task, depthwise, axes + 2);
        Require(task, pointwise, axes + 2);
        int channels = depthwise.Shape[^2] * depthwise.Shape[^1], outputs = pointwise.Shape[^1];
        TensorValue middle = task.Draft.Convolution(
            task.ChannelsLastInput, task.Name + "_depthwise", task.Convolution(depthwise.Shape[..axes], depthwise.Shape[^2], channels),
                Quantized(task, depthwise, "depthwise_quantizer", isKernel: true), null);
        int[] ones = [.. Enumerable.Repeat(1, axes)], zeros = new int[axes];
        var shape = new ConvolutionShape(ones, ones, ones, zeros, zeros, 1, outputs);
        TensorValue sum = task.Draft.Convolution(middle, task.Name, shape,
            Quantized(task, pointwise, "pointwise_quantizer", isKernel: true), Bias(task, outputs, order));
        return Activations.Inside(task, sum);
    }

    /// <summary>Convolution or dense layer of QKeras whose kernel has the batch normalisation in it, quantized behind that.</summary>
    public static TensorValue Folded(LayerTask task)
    {
        bool depthwise = task.Layer.Class.Contains("Depthwise", StringComparison.Ordinal),
            dense = task.Layer.Class.Contains("Dense", StringComparison.Ordinal);
        string name = depthwise ? "depthwise_kernel" : "kernel";
        bool biased = task.Layer.Flag("use_bias", true);
        string[] order = [name, .. biased ? new[] { "bias" } : [], "gamma", "beta", "iteration", "moving_mean", "moving_variance"];
        HdfArray kernel = task.Weights.Get(name, order), variance = task.Weights.Get("moving_variance", order),
            mean = task.Weights.Get("moving_mean", order);
        HdfArray? gamma = task.Weights.Find("gamma", order), beta = task.Weights.Find("beta", order), bias = biased
            ? task.Weights.Find("bias", order) : null;
        Rational[] scale = LayerTask.NormalizationScale(gamma, variance, task.Layer.Number("epsilon", 1e-3));
        int outputs = scale.Length;

        // Rounded to float32, as the source folds it; the products with the scale are its only inexact numbers.
        var folded = new HdfArray(kernel.Shape,
            [.. kernel.Values.Select((w, e) => (double)(float)(Rational.Of(w) * scale[e % outputs]).ToDouble())], false);
        var foldedBias = new HdfArray([outputs],
            [.. scale.Select((s, c)
            => (double)(float)(((Number(bias, c) - Rational.Of(mean.Values[c])) * s) + Number(beta, c)).ToDouble())], false);
        Rational[] weights = Quantized(task, folded, depthwise ? "depthwise_quantizer" : "kernel_quantizer", isKernel: true);
        Rational[] offsets = QuantizedConstants.Apply(foldedBias, QuantizerCall.Read(task.Layer, "bias_quantizer"), isKernel: false);
        TensorValue sum = dense
            ? task.Draft.Dense(task.Input, task.Name, weights, outputs, offsets)
            : task.Draft.Convolution(task.ChannelsLastInput, task.Name,
                task.Convolution(kernel.Shape[..2], depthwise ? kernel.Shape[^2] : task.Layer.Integer("groups", 1), outputs), weights,
                offsets);
        return Activations.Inside(task, sum);
    }

    /// <summary>x · γ/√(σ² + ε) + β − μ · γ/√(σ² + ε), with the quantizers of QKeras where there are any.</summary>
    public static TensorValue BatchNormalization(LayerTask task)
    {
        RequireLastAxis(task);
        bool scales = task.Layer.Flag("scale", true), centers = task.Layer.Flag("center", true);
        string[] order = [.. scales ? new[] { "gamma" } : [], .. centers ? new[] { "beta" } : [], "moving_mean", "moving_variance"];
        HdfArray mean = task.Weights.Get("moving_mean", order), variance = task.Weights.Get("moving_variance", order);
        int channels = mean.Values.Length;
        Rational[] ones = [.. Enumerable.Repeat(Rational.One, channels)];
        Rational[] gamma = scales ? Quantized(task, task.Weights.Get("gamma", order), "gamma_quantizer", isKernel: true) : ones;
        Rational[] beta = centers ? Quantized(task, task.Weights.Get("beta", order), "beta_quantizer", isKernel: false)
            : new Rational[channels];
        Rational[] mu = Quantized(task, mean, "mean_quantizer", isKernel: false),
            sigma = Quantized(task, variance, "variance_quantizer", isKernel: true);
        if (new[] { gamma.Length, beta.Length, mu.Length, sigma.Length, task.Input.SourceShape[^1] }.Any(length => length != channels))
        {
            throw task.Layer.Refuse("its variables have different lengths, or not one number for each channel");
        }

        Rational epsilon = task.Layer.Exact("epsilon", 1e-3);
        Rational[] scale = [.. gamma.Select((g, c) => g / Rational.Sqrt(sigma[c] + epsilon))];
        if (QuantizerCall.Read(task.Layer, "inverse_quantizer") is { } inverse)
        {
            scale = QuantizedConstants.Apply(
                new HdfArray([channels], [.. scale.Select(static s => (double)(float)s.ToDouble())], false), inverse, isKernel: false);
        }

        TensorValue input = task.Draft.InSourceOrder(task.Input, task.Name);
        return Activations.Inside(task, input.Then(new AffineStep(scale, [.. beta.Select((b, c) => b - (mu[c] * scale[c]))])));
    }

    private static void RequireLastAxis(LayerTask task)
    {
        int rank = task.Input.Shape.Rank + 1;
        if (task.Layer.Integers("axis", 1) is { } axis && (axis.Length != 1 || (axis[0] < 0 ? axis[0] + rank : axis[0]) != rank - 1))
        {
            throw task.Layer.Refuse("it normalises another axis than the last one; use channels_last");
        }
    }

    private static Rational[] Quantized(LayerTask task, HdfArray weights, string option, bool isKernel)
    {
        Rational[] values = QuantizedConstants.Apply(weights, QuantizerCall.Read(task.Layer, option), isKernel);
        return task.Precisions?.Constants(values, isKernel ? "weight" : "bias") ?? values;
    }

    private static Rational[]? Bias(LayerTask task, int outputs, params string[] order)
    {
        if (!task.Layer.Flag("use_bias", true))
        {
            return null;
        }

        HdfArray bias = task.Weights.Get("bias", order);
        return bias.Values.Length == outputs ? Quantized(task, bias, "bias_quantizer", isKernel: false) : throw task.Layer.Refuse(
            FormattableString.Invariant($"its bias has {bias.Values.Length} numbers for {outputs} outputs"));
    }

    private static void Require(LayerTask task, HdfArray kernel, int rank)
    {
        if (kernel.Shape.Length != rank)
        {
            throw task.Layer.Refuse(
                $"its kernel has the shape [{string.Join(", ", (IEnumerable<int>)kernel.Shape)}]; {rank} axes were expected");
        }
    }

    private static Rational Number(HdfArray? array, int index) => array is null ? Rational.Zero : Rational.Of(array.Values[index]);
}
