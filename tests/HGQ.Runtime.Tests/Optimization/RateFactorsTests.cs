using System;
using System.Linq;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Tests.Golden;
using HGQ.Runtime.Training.Recipes;
using TorchSharp;

namespace HGQ.Runtime.Tests.Optimization;

/// <summary>A learning rate for each kind of parameter.</summary>
public sealed class RateFactorsTests
{
    [Theory]
    [InlineData("d.kernel", ParameterKind.Weights)]
    [InlineData("d.bias", ParameterKind.Biases)]
    [InlineData("d.bn.gamma", ParameterKind.Norms)]
    [InlineData("d.bn.beta", ParameterKind.Norms)]
    [InlineData("d.kq.i", ParameterKind.IntegerBits)]
    [InlineData("d.kq.b", ParameterKind.FractionBits)]
    [InlineData("d.paq.f", ParameterKind.FractionBits)]
    [InlineData("d.paq.fbw", ParameterKind.FractionBits)]
    [InlineData("mine", ParameterKind.Weights)]
    public void Kinds_follow_from_names(string name, ParameterKind kind) => Assert.Equal(kind, RateFactors.KindOf(name));

    [Fact]
    public void Every_parameter_of_both_families_moves_by_its_own_rate()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable defaults = Defaults();
        using HgqSequential plain = Network(), scaled = Network();
        var rates = new RateFactors(2, 3, 5, 7, 11);
        var one = new HgqAdam(plain.parameters(), 1e-3);
        var many = new HgqAdam(scaled.parameters(), 1e-3) { RateFactors = rates.For(scaled, [.. scaled.parameters().Where(static p => p.requires_grad)]) };
        var before = plain.named_parameters().ToDictionary(static p => p.name, static p => p.parameter.Values());
        Step(plain, one);
        Step(scaled, many);
        var moved = scaled.named_parameters().ToDictionary(static p => p.name, static p => p.parameter.Values());
        foreach ((string name, var parameter) in plain.named_parameters().Where(static p => p.parameter.requires_grad))
        {
            double factor = rates.Of(RateFactors.KindOf(name));
            double[] expected = [.. parameter.Values().Zip(before[name], (after, first) => first + (factor * (after - first)))];
            Close.Absolute(expected, moved[name], 1e-5, name);
        }
    }

    [Fact]
    public void Factors_that_can_not_be_are_refused()
    {
        using var model = new HgqSequential([2], new HQuantize(), new HDense(2));
        var adam = new HgqAdam(model.parameters());
        Assert.Throws<ArgumentException>(() => adam.RateFactors = [1]);
        Assert.Throws<ArgumentException>(() => adam.RateFactors = [.. adam.Parameters.Select(static _ => -1.0)]);
    }

    [Fact]
    public void A_recipe_holds_them_and_a_description_overrides_them()
    {
        Recipe recipe = RecipeReader.Parse("r.json", """{"format":"hgq-recipe","version":1,"training":{"rates":{"integerBits":8,"fractionBits":4}}}""");
        Assert.Equal(new RateFactors(IntegerBits: 8, FractionBits: 4), recipe.Training.Rates);
        Assert.Equal(recipe.Training.Rates, RecipeReader.Parse("r.json", RecipeReader.Print(recipe)).Training.Rates);
        NetworkDescription description = DescriptionReader.Parse(
            "m.json",
            """{"format":"hgq-description","version":1,"rates":{"weights":0.5,"integerBits":2},"layers":[{"kind":"quantize"},{"kind":"dense","units":"outputs"}]}""");
        Assert.Equal(new RateFactors(Weights: 0.5, IntegerBits: 2, FractionBits: 4), description.Rates(recipe.Training.Rates));
        Assert.Throws<RecipeException>(() => RecipeReader.Parse("r.json", """{"format":"hgq-recipe","version":1,"training":{"rates":{"weights":-1}}}"""));
        Assert.Throws<DescriptionException>(() => DescriptionReader.Parse(
            "m.json", """{"format":"hgq-description","version":1,"rates":{"widths":8},"layers":[{"kind":"quantize"}]}"""));
    }

    private static IDisposable Defaults() =>
        QuantizerDefaults.Scope(FixedPointQuantizerConfig.DefaultKernel, QuantizerConfig.DefaultPreActivation);

    private static HgqSequential Network()
    {
        var model = new HgqSequential([4], new HQuantize(), new HDenseBatchNorm(5, Activation.Relu, 1e-2, useBias: false), new HDense(3, beta: 1e-2));
        model.InitializeWeights(new DeterministicRandom(1).NextDouble);
        model.train();
        return model;
    }

    private static void Step(HgqSequential model, HgqAdam adam)
    {
        torch.Tensor x = new Seeded(4).Normal(torch.float32, 32, 4);
        torch.Tensor loss = model.forward(x).pow(2).mean() + model.EbopsLoss();
        loss.backward();
        adam.Step();
    }
}
