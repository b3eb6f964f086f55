using System;
using System.Linq;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Tests.Golden.V2;

/// <content>Kinds that take more than one of this project's layers, or have variables of their own.</content>
internal sealed partial class LayerModelBuilder
{
    // The original computes all positions at once where nothing else is said.
    private ConvOptions Convolution(int rank) => new(Int("filters"), List("kernel_size")!)
    {
        Strides = List("strides") ?? [1],
        Dilations = List("dilation_rate") ?? [1],
        Padding = PoolPadding(),
        Groups = _arguments.TryGetProperty("groups", out var groups) ? groups.GetInt64() : 1,
        UseBias = Has("bq"),
        ParallelFactor = (int)OutputShape.Take(rank).Aggregate(1L, (a, b) => a * b),
        Kq = Q("kq"),
        Paq = None,
        Bq = Q("bq"),
    };

    private LayerModel EinsumDense()
    {
        var units = OutputShape[^1];
        HDense Dense() => new(units, useBias: Has("bq"), kq: Q("kq"), paq: None, name: "layer", bq: Q("bq"));
        if (Text("equation") != "bnc,ncd->bnd")
        {
            return Kernel(Dense());
        }

        // A kernel for each n: a convolution of one tap with n groups. Its quantizers share nothing, so that their axes need no translation.
        var (n, c) = (_ports[0].OutputShape[0], _ports[0].OutputShape[1]);
        var options = new ConvOptions(n * units, [1]) { Groups = n, UseBias = Has("bq"), Kq = Q("kq"), Paq = None, Bq = Q("bq")! with { SkipDims = Array.Empty<int>() } };
        var row = new PReshape([1, n * c], "row").On(Quantized(0));
        var rows = new PReshape([n, units], "rows").On(new HConv1D(options, "layer").On(row));
        return Finish(rows, activation: true).WithKernel("", "layer", t => t.permute(1, 0, 2));
    }

    private LayerModel NormedDense()
    {
        var layer = new HDenseBatchNorm(
            OutputShape[^1], useBias: false, kq: Q("kq"), paq: None, batchNorm: new BatchNormOptions { Epsilon = _epsilon }, name: "layer", bq: Q("bq"));
        var model = Finish(layer.On(Quantized(0)), activation: true);
        return model.With("kq", layer.KernelQuantizer)
            .With("bq", layer.BiasQuantizer)
            .With("kernel", layer.Kernel)
            .With("bias", layer.BatchNorm!.Beta)
            .With("gamma", layer.BatchNorm.Gamma)
            .With("moving_mean", layer.BatchNorm.MovingMean)
            .With("moving_variance", layer.BatchNorm.MovingVariance);
    }

    private LayerModel Normalization()
    {
        var layer = new HBatchNormalization(kq: Q("kq"), paq: None, name: "layer", bq: Q("bq"));
        return Finish(layer.On(Quantized(0)))
            .With("kq", layer.KernelQuantizer)
            .With("bq", layer.BiasQuantizer)
            .With("bn_gamma", layer.BatchNorm.Gamma)
            .With("bn_beta", layer.BatchNorm.Beta)
            .With("moving_mean", layer.BatchNorm.MovingMean)
            .With("moving_variance", layer.BatchNorm.MovingVariance);
    }

    private LayerModel AverageOfInputs()
    {
        HLayer[] rows = [.. _ports.Select((port, i) => new PReshape([1, .. port.OutputShape], $"row{i}").On(Quantized(i)))];
        var all = new PConcatenate(1, "all").On(rows);
        return Finish(new HSum([1], shift: -(int)Math.Log2(rows.Length), paq: None, name: "layer").On(all));
    }

    private LayerModel Dot()
    {
        var n = _ports[0].OutputShape[0];
        var left = new PReshape([1, n], "left").On(Quantized(0));
        var right = new PReshape([n, 1], "right").On(Quantized(1));
        return Finish(new PReshape([1], "flat").On(new HMatMul(0, None, "layer").On(left, right)));
    }

    private LayerModel Softmax()
    {
        var stable = Flag("stable", true);
        var options = new SoftmaxOptions
        {
            Axis = (int)Real("axis", -1),
            SubtractMaximum = stable,
            InputScale = Real("input_scaler", 1),
            ExponentialInput = Q(stable ? "exp_table.iq" : "iq"),
            Exponential = Q("exp_table.oq"),
            Sum = Q("inv_table.iq"),
            Reciprocal = Q("inv_table.oq"),
            Paq = Has("oq") ? Q("oq") : None,
        };
        var model = new LayerModel { Model = new HgqGraphModel("recorded", _ports, [new HSoftmax(options, "layer").On(_ports[0])]) };
        return WithSoftmax(model, "layer", "", stable ? "exp_table.iq" : "iq", "oq");
    }

    private LayerModel Attention()
    {
        DenseQuantizers Dense(string role) => new(Q($"{role}.kq"), Has($"{role}.oq") ? Q($"{role}.oq") : None, Q($"{role}.bq"));
        var softmax = new SoftmaxOptions
        {
            ExponentialInput = Q("softmax.exp_table.iq"),
            Exponential = Q("softmax.exp_table.oq"),
            Sum = Q("softmax.inv_table.iq"),
            Reciprocal = Q("softmax.inv_table.oq"),
            Paq = Q("softmax.oq"),
        };
        var shared = (long)Int("key_dim");
        var options = new AttentionOptions(Int("num_heads"), shared)
        {
            Query = Dense("query"),
            Key = Dense("key"),
            Value = Dense("value"),
            Output = Dense("attention_output"),
            Scores = None,
            Mixed = Q("attention_output.iq"),
            Softmax = softmax,
        };
        HLayer Input(string role, int port) => new HQuantize(Q($"{role}.iq"), role).On(_ports[port]);
        var attention = new HMultiHeadAttention(options, "layer").On(Input("query", 0), Input("key", 1), Input("value", 1));
        var model = new LayerModel { Model = new HgqGraphModel("recorded", _ports, [attention]), Counted = ["layer_scores", "layer_mixed"] };
        foreach (var role in new[] { "query", "key", "value" })
        {
            model.WithOutput($"{role}.iq", role).WithOutput($"{role}.oq", $"layer_{role}").WithKernel($"{role}.", $"layer_{role}");
        }

        // [positions, heads, size] there, [heads, positions, size] here.
        model.WithOutput("attention_output.iq", "layer_mixed", t => t.permute(0, 2, 1, 3)).WithKernel("attention_output.", "layer");
        return WithSoftmax(model, "layer_softmax", "softmax.", "softmax.exp_table.iq", "softmax.oq");
    }

    private static LayerModel WithSoftmax(LayerModel model, string layer, string prefix, string input, string output) => model
        .WithOutput(input, $"{layer}_input")
        .WithOutput($"{prefix}exp_table.oq", $"{layer}_exp")
        .WithOutput($"{prefix}inv_table.iq", $"{layer}_sum")
        .WithOutput($"{prefix}inv_table.oq", $"{layer}_reciprocal")
        .WithOutput(output, layer);
}
