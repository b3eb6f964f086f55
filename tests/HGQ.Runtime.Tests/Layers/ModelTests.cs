using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

public sealed class ModelTests
{
    [Fact]
    public void A_layer_used_twice_is_refused_by_name()
    {
        using var scope = torch.NewDisposeScope();
        var q = new HQuantize(name: "q").On(new HInput([3], "x"));
        var dense = new HDense(2, name: "twice");
        dense.On(q);
        var error = Assert.Throws<InvalidOperationException>(() => dense.On(q));
        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_without_a_quantizer_is_named_when_its_width_is_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        var model = new HgqSequential([3], new HDense(2, beta: 1));
        model.train();
        model.forward(torch.ones(4, 3));
        Assert.Contains("input x", Assert.Throws<InvalidOperationException>(() => model.EbopsLoss()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_rounds_to_nothing_is_reported_once_by_name()
    {
        using var scope = torch.NewDisposeScope();
        var coarse = QuantizerConfig.DefaultKernel with { InitBw = -6 };
        var model = new HgqSequential([3], new HQuantize(), new HDense(2, kq: coarse, name: "lost"), new HDense(2, name: "fine"));
        var warnings = new List<string>();
        model.Warning += warnings.Add;
        model.train();
        model.forward(torch.ones(4, 3));
        model.forward(torch.ones(4, 3));
        Assert.Contains("lost", Assert.Single(warnings), StringComparison.Ordinal);

        var adapted = new HgqSequential([3], new HQuantize(), new HDense(2, kq: coarse with { InitBw = 3, AdaptToWeights = true }));
        Assert.Empty(adapted.CollapsedLayers());
    }

    [Fact]
    public void Scoped_defaults_reach_the_layers_made_inside_only()
    {
        using (QuantizerDefaults.Scope(QuantizerConfig.DefaultKernel with { InitBw = 7 }))
        {
            Assert.Equal(7, Kernel(new HDense(2)).InitBw);
        }

        Assert.Equal(2, Kernel(new HDense(2)).InitBw);

        static HgqQuantizer Kernel(HDense layer)
        {
            _ = new HgqSequential([3], new HQuantize(), layer);
            return (HgqQuantizer)layer.KernelQuantizer;
        }
    }

    [Fact]
    public void Branches_share_an_input_and_costs_add_up()
    {
        using var scope = torch.NewDisposeScope();
        var x = new HInput([4], "x");
        var q = new HQuantize(name: "q").On(x);
        var a = new HDense(3, Activation.Relu, beta: 1, name: "a").On(q);
        var b = new HDense(3, beta: 1, name: "b").On(q);
        var product = new HMultiply(beta: 1, name: "product").On(a, b);
        var rest = new HSubtract(name: "rest").On(product, new PSlice(1, 0, 3, name: "slice").On(q));
        var model = new HgqGraphModel("branches", [x], [rest, a]);
        model.train();
        var outputs = model.Forward([new Seeded(1).Normal(torch.float32, 8, 4)]);
        var loss = model.EbopsLoss();

        Assert.Equal(["q", "a", "b", "product", "slice", "rest"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(2, outputs.Count);
        Assert.True(model["product"].Ebops > 0);
        // The regularizers of the defaults are 1e-6 per bit.
        Assert.Equal(model.Ebops, loss.ToDouble(), 0.01);
        model.eval();
        var exact = model.ExactEbops();
        Assert.Equal(model["a"].Ebops + model["b"].Ebops + model["product"].Ebops, exact);
    }

    [Fact]
    public void The_gradient_of_the_widths_is_that_of_the_surrogate()
    {
        // With x − xq frozen, xq = x − e·2^(f0 − f) has exactly the slope ln2·(x − xq) in f: finite differences of that surrogate.
        using var scope = torch.NewDisposeScope();
        var quantizer = new HgqQuantizer(2, "batch", RoundingStrategy.Standard, dtype: torch.float64);
        quantizer.Build([-1, 3], "q");
        var x = new Seeded(2).Normal(torch.float64, 20, 3);
        quantizer.Call(x, training: true).pow(2).sum().backward();
        var error = x - quantizer.Call(x, training: true).detach();
        double Surrogate(int column, double step)
        {
            var factor = torch.ones(3, dtype: torch.float64);
            factor[column] = torch.tensor(Math.Pow(2, -step), dtype: torch.float64);
            return (x - (error * factor)).pow(2).sum().ToDouble();
        }

        double[] expected = [.. Enumerable.Range(0, 3).Select(c => (Surrogate(c, 1e-5) - Surrogate(c, -1e-5)) / 2e-5)];
        Close.Relative(expected, quantizer.Fbw.grad!.reshape(-1), 1e-7, "slope");
    }

    [Fact]
    public void A_causal_convolution_sees_nothing_later()
    {
        using var scope = torch.NewDisposeScope();
        var options = new ConvOptions(2, [3]) { Padding = HGQ.Runtime.Layers.Padding.Causal, Dilations = [2] };
        var model = new HgqSequential([9, 2], new HQuantize(), new HConv1D(options, "c"));
        model.eval();
        var x = new Seeded(3).Normal(torch.float32, 1, 9, 2);
        var later = x.clone();
        later[0, 6] = torch.full([2], 5f);

        var (before, after) = (model.forward(x), model.forward(later));

        Assert.Equal([1, 9, 2], before.shape);
        Assert.Equal(before.narrow(1, 0, 6).Values(), after.narrow(1, 0, 6).Values());
        Assert.NotEqual(before.narrow(1, 6, 3).Values(), after.narrow(1, 6, 3).Values());
    }

    [Fact]
    public void An_average_over_three_is_refused_by_name()
    {
        using var scope = torch.NewDisposeScope();
        var model = new HgqSequential([6, 1], new HQuantize(), new PAvgPool1D([3], name: "thirds"));
        model.eval();
        model.forward(torch.ones(2, 6, 1));
        Assert.Contains("thirds", Assert.Throws<InexactLayerException>(() => model["thirds"].ExactOutputBits()).Message, StringComparison.Ordinal);
    }
}
