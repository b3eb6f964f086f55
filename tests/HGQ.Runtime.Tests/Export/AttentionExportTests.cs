using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Export;

public class AttentionExportTests
{
    [Theory]
    [InlineData(-1, true, 1)]
    [InlineData(1, true, 0.3)]
    [InlineData(-1, false, 1)]
    public void Softmax(int axis, bool stable, double scale)
    {
        var softmax = new HSoftmax(new SoftmaxOptions { Axis = axis, SubtractMaximum = stable, InputScale = scale }, "s");
        ModelGraph graph = ExportCheck.Sequential([3, 5], new HDense(4), softmax, new HDense(2));
        Assert.Equal(2, graph.Layers.OfType<TableLayer>().Count());
        Assert.Equal(stable ? 1 : 0, graph.Layers.OfType<ReduceLayer>().Count(static l => l.Kind == ReductionKind.Max));
        Assert.IsType<MultiplyLayer>(graph.Layers.Single(static l => l.Name == "s"));
    }

    [Fact]
    public void A_softmax_of_the_other_family()
    {
        using var scope = QuantizerDefaults.Scope(
            FixedPointQuantizerConfig.DefaultKernel, FixedPointQuantizerConfig.DefaultActivation with { KeepNegative = null });
        ExportCheck.Sequential([3, 5], new HDense(4), new HSoftmax(name: "s"), new HDense(2));
    }

    [Fact]
    public void Self_attention_with_several_heads()
    {
        ModelGraph graph = ExportCheck.Sequential([4, 6], new HMultiHeadAttention(new AttentionOptions(2, 3), "a"), new PFlatten(), new HDense(2));
        Assert.Equal(2, graph.Layers.OfType<MatMulLayer>().Count());
        Assert.Equal(["a_query", "a_key", "a_value", "a"], graph.Layers.OfType<DenseLayer>().Select(static l => l.Name).Take(4));
        Assert.Null(graph.Layers.OfType<DenseLayer>().Single(static l => l.Name == "a_key").Bias);
    }

    [Fact]
    public void Cross_attention_of_two_ports_with_other_sizes()
    {
        var (x, context) = (new HInput([3, 4], "x"), new HInput([5, 2], "c"));
        HLayer query = new HQuantize(name: "qx").On(x), key = new HQuantize(name: "qc").On(context);
        var options = new AttentionOptions(2, 3) { ValueDim = 2, OutputDim = 7, UseBias = false };
        HLayer attention = new HMultiHeadAttention(options, "cross").On(query, key);
        Assert.Equal([3, 7], attention.OutputShape);
        using var model = new HgqGraphModel("cross", [x, context], [attention]);
        ExportCheck.Agrees(model);
    }

    [Fact]
    public void A_transformer_block_with_norm_and_skip()
    {
        var x = new HInput([4, 6], "x");
        HLayer q = new HQuantize(name: "q").On(x);
        HLayer attention = new HMultiHeadAttention(new AttentionOptions(2, 3), "a").On(q);
        HLayer sum = new HAdd(name: "sum").On(q, attention);
        HLayer norm = new HBatchNormalization(activation: Activation.Relu, name: "norm").On(sum);
        ModelGraph graph = ExportCheck.Graph(x, new HDense(2, name: "d").On(norm));
        Assert.Equal(ActivationKind.Relu, graph.Layers.OfType<ScaleOffsetLayer>().Single().Activation);
    }

    [Fact]
    public void A_softmax_wider_than_64_bits_is_refused_by_name_with_the_width()
    {
        var wide = new QuantizerConfig { InitBw = 40, BwClip = (0, 50), SkipDims = SkipDims.All, RndStrategy = RoundingStrategy.Standard, MinmaxRecord = true };
        var options = new SoftmaxOptions { Exponential = wide, Reciprocal = wide };
        using var model = new HgqSequential([4], new HQuantize(), new HSoftmax(options, "broad"));
        model.@double();
        var e = Assert.Throws<ExportException>(() => ExportCheck.Export(model));
        Assert.Equal("broad", e.Layer);
        Assert.Contains("64", e.Message, StringComparison.Ordinal);
        Assert.Contains("coarsely", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_the_largest_class_only_the_last_softmax_is_left_out()
    {
        using var model = new HgqSequential([4], new HQuantize(), new HDense(3, name: "d"), new HSoftmax(name: "s"));
        ModelGraph whole = ExportCheck.Export(model), short_ = ExportCheck.Export(model, new ExportOptions { ArgmaxOnly = true });
        Assert.Equal(("s", "d"), (whole.Outputs.Single().Layer, short_.Outputs.Single().Layer));
        Assert.Equal("s", short_.Outputs.Single().Name);
        Assert.Empty(short_.Layers.OfType<TableLayer>());

        using var inner = new HgqSequential([4], new HQuantize(), new HSoftmax(name: "s"), new HDense(2));
        Assert.NotEmpty(ExportCheck.Export(inner, new ExportOptions { ArgmaxOnly = true }).Layers.OfType<TableLayer>());
    }

    [Fact]
    public void Input_values_beyond_the_traced_ones_saturate_in_front_of_the_exponential()
    {
        using var model = new HgqSequential([4], new HQuantize(), new HSoftmax(name: "s"));
        ModelGraph graph = ExportCheck.Export(model);
        Assert.Equal(OverflowMode.Saturate, graph.Layers.OfType<AddLayer>().Single().Quantizer!.Overflow);
    }

    [Fact]
    public void Widened_ranges_of_softmax_and_sigmoid_stay_within_their_limits()
    {
        using var model = new HgqSequential([4], new HQuantize(), new HActivation(UnaryFunction.Sigmoid, name: "f"), new HSoftmax(name: "s"));
        using torch.Tensor data = new Seeded(3).Normal(torch.ScalarType.Float32, 200, 4) * 4;
        MinmaxTracer.TraceMinmax(model, data, coverFactor: 3);
        foreach (string name in new[] { "f", "s" })
        {
            var quantizer = (HgqQuantizer)((QuantizedOutputLayer)model[name]).ActivationQuantizer;
            Assert.All(quantizer.Max.Values(), static v => Assert.InRange(v, 0, 1));
            Assert.All(quantizer.Min.Values(), static v => Assert.InRange(v, 0, 1));
        }
    }

    [Fact]
    public void A_range_is_widened_to_both_sides_up_to_its_limits()
    {
        using var quantizer = new HgqQuantizer(8, SkipDims.Batch, minmaxRecord: true);
        quantizer.Build([-1, 3], "q");
        using torch.Tensor x = torch.tensor(new float[] { 0.5f, 0.125f, -2, 0.75f, 0.25f, -1 }, [2, 3]);
        quantizer.Call(x);

        quantizer.Widen(3, (0, 1));

        Assert.Equal([0.25, 0, -2], quantizer.Min.Values());
        Assert.Equal([1, 0.375, -0.0], quantizer.Max.Values());
    }
}
