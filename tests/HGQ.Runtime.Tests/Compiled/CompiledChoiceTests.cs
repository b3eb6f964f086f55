using HGQ.Model.FixedPoint;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Training;
using TorchSharp;

namespace HGQ.Runtime.Tests.Compiled;

/// <summary>What can't be compiled, and what is said of it.</summary>
public sealed class CompiledChoiceTests
{
    private static readonly SampleSet Samples = Blobs.Samples(16, 1);

    [Fact]
    public void A_convolution_is_named() =>
        AssertUnfit("conv",
            new HgqSequential([4, 4, 1], new HQuantize(), new HConv2D(new ConvOptions(3, [2, 2]), "conv"), new PFlatten(), new HDense(3)));

    [Fact]
    public void Another_order_of_layers_is_named() =>
        AssertUnfit("again", new HgqSequential([4], new HQuantize(), new HDense(3), new HQuantize(name: "again"), new HDense(3)));

    [Fact]
    public void A_branch_is_named()
    {
        var input = new HInput([4], "x");
        HLayer first = new HQuantize().On(input), left = new HDense(3, name: "left").On(first),
            right = new HDense(3, name: "right").On(first);
        AssertUnfit("right", new HgqGraphModel("branches", [input], [new HAdd(name: "sum").On(left, right)]));
    }

    [Fact]
    public void Random_rounding_is_named() => AssertUnfit(
        "Stochastic", new HgqSequential(
            [4], new HQuantize(), new HDense(3, kq: QuantizerConfig.DefaultKernel with { RndStrategy = RoundingStrategy.Stochastic })));

    [Fact]
    public void Weights_that_wrap_are_named() => AssertUnfit(
        "d.kq", new HgqSequential([4], new HQuantize(),
            new HDense(3, kq: FixedPointQuantizerConfig.DefaultKernel with { Overflow = OverflowMode.Wrap }, name: "d")));

    [Fact]
    public void Activations_that_saturate_are_named() => AssertUnfit(
        "d.paq", new HgqSequential([4], new HQuantize(),
            new HDense(3, paq: FixedPointQuantizerConfig.DefaultActivation with { Overflow = OverflowMode.Saturate }, name: "d")));

    [Fact]
    public void Shared_widths_are_named() => AssertUnfit(
        "d.kq", new HgqSequential(
            [4], new HQuantize(), new HDense(3, kq: QuantizerConfig.DefaultKernel with { SkipDims = SkipDims.All }, name: "d")));

    [Fact]
    public void Another_count_of_cost_is_named() =>
        AssertUnfit("HGQ2", new HgqSequential([4], new HQuantize(), new HDense(3)) { Count = EbopsCount.Hgq2 });

    [Fact]
    public void Samples_that_do_not_fit_are_named()
    {
        using var model = new HgqSequential([4], new HQuantize(), new HDense(2));
        AssertUnfit("2 classes", model);
        using var wide = new HgqSequential([5], new HQuantize(), new HDense(3));
        AssertUnfit("4 features", wide);
    }

    [Fact]
    public void Rows_that_do_not_exist_are_refused()
    {
        using var model = new HgqSequential([4], new HQuantize(), new HDense(3));
        using CompiledStep step = CompiledStep.TryCreate(
            model, new HgqAdam(model.parameters()), new CrossEntropyLoss(), Samples, new() { Batch = 4 }, out _)!;
        Assert.Throws<System.ArgumentException>(() => step.Differentiate(Samples, [0, 16]));
        Assert.Throws<System.ArgumentException>(() => step.Differentiate(Samples, []));
        Assert.Throws<System.ArgumentOutOfRangeException>(() => step.Differentiate(Samples, [0, 1, 2, 3, 4]));
    }

    private static void AssertUnfit(string word, HgqModel model)
    {
        using torch.nn.Module owned = model;
        CompiledStep? step = CompiledStep.TryCreate(
            model, new HgqAdam(model.parameters()), new CrossEntropyLoss(), Samples, new() { Batch = 4 }, out string reason);
        Assert.Null(step);
        Assert.Contains(word, reason, System.StringComparison.Ordinal);
    }
}
