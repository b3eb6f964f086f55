using System;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

/// <content>Tensors and numbers that do not fit a model, a layer or a quantizer.</content>
public sealed partial class WrongUseTests
{
    [Fact]
    public void Tensors_that_do_not_fit_a_model_are_refused_in_every_mode()
    {
        using HgqSequential model = Blobs.Network();
        foreach (bool training in new[] { true, false })
        {
            model.train(training);
            RefusesBatches(x => model.forward(x), "The input x", Blobs.Features);
            Says<ArgumentException>("ports", "has 1 inputs; 2 were given", () => model.Forward([torch.zeros(2, 4), torch.zeros(2, 4)]));
        }

        RefusesBatches(x => model["dense1"].forward(x), "The layer dense1", Blobs.Features);
        RefusesBatches(x => model["quantize"].Forward([x]), "The layer quantize", Blobs.Features);
        Says<ArgumentException>("count", "reads 1 tensors; 2", () => model["dense1"].Forward([torch.zeros(2, 4), torch.zeros(2, 4)]));
        Says<InvalidOperationException>("unlinked", "not linked yet", () => new HDense(2, name: "loose").forward(torch.zeros(2, 4)));
        using HgqSequential wide = Blobs.Network();
        wide.@double();
        Says<ArgumentException>("float32", "takes float64, the type of the parameters, not float32", () => wide.forward(torch.zeros(2, 4)));
    }

    [Fact]
    public void Every_kind_of_layer_refuses_tensors_of_another_rank()
    {
        var x = new HInput([4, 4, 2], "x");
        var q = new HQuantize(name: "q").On(x);
        HLayer[] layers =
        [
            new HConv2D(new ConvOptions(2, [3])).On(q), new PMaxPool2D([2]).On(q), new PAvgPool2D([2]).On(q), new PGlobalAvgPool2D().On(q),
            new PFlatten().On(q), new PPermute([2, 1, 3]).On(q), new PSlice(1, 0, 2).On(q), new PReduceMax([1]).On(q), new HSum([1]).On(q),
            new HActivation(UnaryFunction.Tanh).On(q), new HBatchNormalization().On(q), new HSoftmax().On(q), new PDropout(0.5).On(q), x,
        ];
        foreach (HLayer layer in layers)
        {
            Says<ArgumentException>(layer.GetType().Name, "takes [batch, 4, 4, 2], not [3, 4]", () => layer.forward(torch.zeros(3, 4)));
            Says<ArgumentException>(layer.GetType().Name, "takes", () => layer.forward(torch.zeros(3, 4, 4, 2, dtype: torch.int64)));
        }
    }

    [Fact]
    public void Layers_with_impossible_numbers_are_refused()
    {
        foreach (ConvOptions wrong in new ConvOptions[]
        {
            new(0, [3]), new(2, [0]), new(2, [3]) { Strides = [0] }, new(2, [3]) { Dilations = [0] }, new(2, [3]) { Groups = 0 },
            new(2, [3]) { ParallelFactor = 0 },
        })
        {
            Assert.Throws<ArgumentException>(() => new HConv1D(wrong));
        }

        Assert.Throws<ArgumentException>(() => new PMaxPool1D([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PDropout(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HDense(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HDense(1, beta: double.NaN));
        Assert.Throws<ArgumentException>(() => new HInput([0]));
        Says<ArgumentException>("batch norm", "momentum 2", () =>
            new HBatchNormalization(batchNorm: new BatchNormOptions { Momentum = 2 }).On(new HInput([2])));
    }

    [Fact]
    public void Tensors_that_do_not_fit_a_quantizer_are_refused()
    {
        foreach (IQuantizerConfig config in new IQuantizerConfig[]
        {
            QuantizerConfig.DefaultPreActivation,
            FixedPointQuantizerConfig.DefaultActivation,
            FixedPointQuantizerConfig.DefaultActivation with { Overflow = Model.FixedPoint.OverflowMode.Saturate },
        })
        {
            TrainableQuantizer quantizer = config.Create(RoundingStrategy.Standard, record: true);
            quantizer.Build([-1, 4], "q");
            Says<ArgumentException>(
                "shape",
                "q has widths of the shape [1, 4]",
                () => quantizer.QuantizeActivation(torch.zeros(3, 5), training: true));
            Says<ArgumentException>("rank", "do not fit [5]", () => quantizer.QuantizeKernel(torch.zeros(5), training: true));
            Says<ArgumentException>(
                "type",
                "takes float32 or float64, not int64",
                () => quantizer.QuantizeActivation(torch.zeros(3, 4, dtype: torch.int64), training: false));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new HgqQuantizer(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HgqQuantizer(2, bwClip: (3, 1)));
        Assert.Throws<ArgumentException>(() => new HgqQuantizer(2, dtype: torch.ScalarType.Int32));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedPointQuantizer(new FixedPointQuantizerConfig { IntegerLimits = (3, 1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedPointQuantizer(new FixedPointQuantizerConfig { Bits = double.NaN }));
        Assert.Throws<ArgumentException>(() => HgqQuantizer.QRound(torch.zeros(3, dtype: torch.int32), RoundingStrategy.Floor));
    }
}
