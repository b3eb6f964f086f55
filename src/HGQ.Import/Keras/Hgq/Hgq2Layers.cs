using System;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.Layers;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>Layers of HGQ2: quantizers in front of the input, on weights and bias, and behind the result.</summary>
internal static class Hgq2Layers
{
    public static TensorValue Dense(LayerTask task)
    {
        HdfArray kernel = task.Weights.Get("kernel", "kernel", "bias");
        HdfArray? bias = task.Layer.Flag("use_bias", true) ? task.Weights.Get("bias", "kernel", "bias") : null;
        return Finish(task, Dense(task, Quantized(task), kernel, bias));
    }

    public static TensorValue DenseBatchNormalization(LayerTask task)
    {
        string[] order = ["kernel", "bias", .. task.Layer.Flag("scale", true) ? new[] { "bn_gamma" }
            : [], "moving_mean", "moving_variance"];
        HdfArray kernel = task.Weights.Get("kernel", order), mean = task.Weights.Get("moving_mean", order),
            bias = task.Weights.Get("bias", order);
        double[] scale = Scale(task.Weights.Find("bn_gamma", order), task.Weights.Get("moving_variance", order),
            task.Layer.Number("epsilon", 1e-3));

        // It normalises its inputs; the bias gets −mean · kernel of the kernel without the scale.
        int outputs = kernel.Shape[^1];
        double[] fused = [.. kernel.Values.Select((w, e) => scale[e / outputs] * w)];
        double[] offset = [.. bias.Values.Select((b, o) => b - mean.Values.Select((m, i) => m * kernel.Values[(i * outputs) + o]).Sum())];
        return Finish(task, Dense(task, Quantized(task), kernel with { Values = fused }, bias with { Values = offset }));
    }

    public static TensorValue Einsum(LayerTask task)
    {
        HdfArray kernel = task.Weights.Get("kernel", "kernel", "bias");
        string axes = task.Layer.Text("bias_axes", "");
        HdfArray? bias = axes.Length > 0 ? task.Weights.Get("bias", "kernel", "bias") : null;
        return Finish(task, Einsum(task, kernel, bias, axes));
    }

    public static TensorValue EinsumBatchNormalization(LayerTask task)
    {
        string[] order = ["kernel", "bias", .. task.Layer.Flag("scale", true) ? new[] { "gamma" } : [], "moving_mean", "moving_variance"];
        HdfArray kernel = task.Weights.Get("kernel", order), mean = task.Weights.Get("moving_mean", order),
            bias = task.Weights.Get("bias", order);

        // The source takes the ε of Keras, whatever its option says.
        double[] scale = Scale(task.Weights.Find("gamma", order), task.Weights.Get("moving_variance", order), 1e-7);
        string axes = task.Layer.Text("normalize_axes", task.Layer.Text("bias_axes", ""));
        var equation = new EinsumEquation(task.Layer, task.Layer.Text("equation", ""));
        int[] channelOf = equation.IndicesOf(axes, kernel.Shape, scale.Length);
        double[] fused = [.. kernel.Values.Select((w, e) => w * scale[channelOf[e]])];
        double[] offset = bias.Values.Length == scale.Length
            ? [.. bias.Values.Select((b, c) => b - (mean.Values[c] * scale[c]))]
            : throw task.Layer.Refuse("its bias and its normalisation have different axes");
        return Finish(task, Einsum(task, kernel with { Values = fused }, bias with { Values = offset }, task.Layer.Text("bias_axes", "")));
    }

    public static TensorValue Convolution(LayerTask task)
    {
        HdfArray kernel = task.Weights.Get("kernel", "kernel", "bias");
        HdfArray? bias = task.Layer.Flag("use_bias", true) ? task.Weights.Get("bias", "kernel", "bias") : null;
        int axes = task.Layer.Class.Contains("1D", StringComparison.Ordinal) ? 1 : 2;
        if (kernel.Shape.Length != axes + 2)
        {
            throw task.Layer.Refuse($"its kernel has {kernel.Shape.Length} axes");
        }

        TensorValue input = task.Draft.ChannelsLast(Quantized(task), task.Name, task.ChannelsFirst);
        ConvolutionShape shape = task.Convolution(kernel.Shape[..axes], task.Layer.Integer("groups", 1), kernel.Shape[^1]);
        Rational[]? offsets = bias is null ? null : Hgq2Quantizer.Constants(task, "bq", "bq_conf", bias);
        return Finish(task,
            Activations.Inside(task,
            task.Draft.Convolution(input, task.Name, shape, Hgq2Quantizer.Constants(task, "kq", "kq_conf", kernel), offsets)));
    }

    public static TensorValue BatchNormalization(LayerTask task)
    {
        bool scales = task.Layer.Flag("scale", true), centers = task.Layer.Flag("center", true);
        string gammaName = task.Weights.Named && task.Weights.Find("bn_gamma") is not null ? "bn_gamma"
            : "gamma", betaName = gammaName == "gamma" ? "beta" : "bn_beta";
        string[] order = [.. scales ? new[] { gammaName } : [], .. centers ? new[] { betaName } : [], "moving_mean", "moving_variance"];
        HdfArray mean = task.Weights.Get("moving_mean", order);
        double[] scale = Scale(task.Weights.Find(gammaName, order), task.Weights.Get("moving_variance", order),
            task.Layer.Number("epsilon", 1e-3));

        // Without centring the source adds 1.
        HdfArray? beta = centers ? task.Weights.Get(betaName, order) : null;
        double[] offset = [.. scale.Select((s, c) => (beta?.Values[c] ?? 1) - (mean.Values[c] * s))];
        Rational[] factors = Hgq2Quantizer.Constants(task, "kq", "kq_conf", mean with { Values = scale });
        Rational[] summands = Hgq2Quantizer.Constants(task, "bq", "bq_conf", mean with { Values = offset });
        TensorValue input = Quantized(task);
        return input.SourceShape[^1] == scale.Length
            ? Finish(task, input.Then(new AffineStep(factors, summands)))
            : throw task.Layer.Refuse("it normalises another axis than the last one");
    }

    /// <summary>A layer without weights: its input quantizers, the layer, its output quantizer.</summary>
    public static TensorValue Plain(LayerTask task, Func<LayerTask, TensorValue> layer)
    {
        TensorValue[] inputs = task.Inputs.Length == 1 ? [Quantized(task)]
            : [.. task.Inputs.Select((input, n) => QuantizedInput(task, input, n))];
        return Finish(task, layer(task with { Inputs = inputs }));
    }

    public static TensorValue AverageOfPowers(LayerTask task)
    {
        TensorValue[] inputs = [.. task.Inputs.Select((input, n) => QuantizedInput(task, input, n))];
        int shift = (int)Math.Round(Math.Log2(1.0 / inputs.Length), MidpointRounding.ToEven);
        return Finish(task,
            task.Draft.Sum(inputs, task.Name, new bool[inputs.Length]).Then(AffineStep.ByScale(Rational.PowerOfTwo(shift))));
    }

    public static TensorValue Sum(LayerTask task)
    {
        TensorValue input = task.Draft.InSourceOrder(Quantized(task), task.Name);
        int[] axes = [.. (task.Layer.Integers("axes", 1) ?? [-1]).Select(axis => axis < 0 ? axis + input.Shape.Rank : axis - 1)];
        TensorValue sum = task.Draft.Reduce(input, task.Name, ReductionKind.Sum, axes, task.Layer.Flag("keepdims", false));
        Rational scale = task.Layer.Class == "QMeanPow2"
            ? Rational.PowerOfTwo(
                (int)Math.Round(Math.Log2(1.0 / axes.Aggregate(1, (product, axis) => product * input.Shape[axis])),
                MidpointRounding.ToEven))
            : task.Layer.Exact("scale", 1);
        return Finish(task, sum.Then(AffineStep.ByScale(scale)));
    }

    /// <summary>A quantizer as a layer of its own.</summary>
    public static TensorValue Quantizer(LayerTask task)
    {
        FixedPointBits bits = Hgq2Quantizer.Read(task, "", "config") ?? throw task.Layer.Refuse("its configuration is missing");
        return bits.Apply(task.Draft, task.Input, task.Name);
    }

    /// <summary>The input behind its quantizer.</summary>
    public static TensorValue Quantized(LayerTask task)
        => task.Layer.Flag("enable_iq", true) && Hgq2Quantizer.Read(task, "iq", "iq_conf") is { } bits
            ? bits.Apply(task.Draft, task.Input, task.Name + "_iq") : task.Input;

    /// <summary>The result behind its quantizer.</summary>
    public static TensorValue Finish(LayerTask task, TensorValue value)
        => task.Layer.Flag("enable_oq", false) && Hgq2Quantizer.Read(task, "oq", "oq_conf") is { } bits
            ? bits.Apply(task.Draft, value, task.Name + "_oq") : value;

    private static TensorValue QuantizedInput(LayerTask task, TensorValue input, int n)
    {
        if (!task.Layer.Flag("enable_iq", true) || task.Layer.Option("iq_confs") is not { } configurations)
        {
            return input;
        }

        System.Text.Json.JsonElement one = configurations.ValueKind == System.Text.Json.JsonValueKind.Array
            && n < configurations.GetArrayLength() ? configurations[n] : configurations;
        string part = "iq/quantizers/quantizer" + (n == 0 ? "" : FormattableString.Invariant($"_{n}"));
        return Hgq2Quantizer.Read(task, part, one) is { } bits
            ? bits.Apply(task.Draft, input, FormattableString.Invariant($"{task.Name}_iq{n}")) : input;
    }

    private static TensorValue Dense(LayerTask task, TensorValue input, HdfArray kernel, HdfArray? bias)
    {
        Rational[] weights = Hgq2Quantizer.Constants(task, "kq", "kq_conf", kernel);
        Rational[]? offsets = bias is null ? null : Hgq2Quantizer.Constants(task, "bq", "bq_conf", bias);
        return Activations.Inside(task, task.Draft.Dense(input, task.Name, weights, kernel.Shape[^1], offsets));
    }

    private static TensorValue Einsum(LayerTask task, HdfArray kernel, HdfArray? bias, string biasAxes)
    {
        var equation = new EinsumEquation(task.Layer, task.Layer.Text("equation", ""));
        TensorValue input = task.Draft.InSourceOrder(Quantized(task), task.Name);
        (int[] prefix, int[] inner, int[] outer) = equation.Sizes(input.Shape, kernel.Shape);
        int outputs = outer.Aggregate(1, static (a, b) => a * b);
        Rational[] weights = Hgq2Quantizer.Constants(task, "kq", "kq_conf", kernel);
        Rational[]? offsets = bias is null ? null : Hgq2Quantizer.Constants(task, "bq", "bq_conf", bias);
        if (offsets is not null)
        {
            int[] from = equation.BiasIndices(biasAxes, outer, offsets.Length);
            Rational[] all = offsets;
            offsets = [.. from.Select(index => all[index])];
        }

        input = task.Draft.Reshape(input, task.Name + "_rows", [.. prefix, inner.Aggregate(1, static (a, b) => a * b)]);
        TensorValue sum = task.Draft.Dense(input, task.Name, weights, outputs, offsets);
        sum = outer.Length == 1 ? sum : task.Draft.Reshape(sum, task.Name + "_shape", [.. prefix, .. outer]);
        return Activations.Inside(task, sum);
    }

    // In float64: the formats of the weights are far coarser.
    private static double[] Scale(HdfArray? gamma, HdfArray variance, double epsilon)
        => [.. variance.Values.Select((v, c) => (gamma?.Values[c] ?? 1) / Math.Sqrt(v + epsilon))];
}
