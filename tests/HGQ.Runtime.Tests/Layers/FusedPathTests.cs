using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

/// <summary>The fused passes against the chain of torch operators.</summary>
public sealed class FusedPathTests
{
    public static TheoryData<string?, string> Sharing => new()
    {
        { null, "batch" }, { "all", "all" }, { "batch", "except_last" }, { "except_1st", "except_1st" },
    };

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Gradients_are_those_of_the_operators(string? kernel, string activation)
    {
        using var scope = torch.NewDisposeScope();
        var (fused, operators) = (Step(kernel, activation, torch.float64, true), Step(kernel, activation, torch.float64, false));
        Close.Relative(operators.Output, fused.Output, 1e-12, "output");
        Close.Relative([operators.Loss], [fused.Loss], 1e-12, "loss");
        foreach (var (name, gradient) in operators.Gradients)
        {
            Close.Relative(gradient, fused.Gradients[name], 1e-12, name);
        }
    }

    [Theory]
    [MemberData(nameof(Sharing))]
    public void Outputs_are_those_of_the_operators_bit_by_bit(string? kernel, string activation)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(
            Step(kernel, activation, torch.float32, false).Output, Step(kernel, activation, torch.float32, true).Output);
    }

    private static (double[] Output, double Loss, Dictionary<string, double[]> Gradients) Step(
        string? kernel, string activation, torch.ScalarType type, bool fused)
    {
        var random = new Seeded(11);
        var model = Model(random, kernel, activation, type, fused);
        var x = (random.Normal(type, 37, 3, 6) * 2).requires_grad_(true);
        var y = model.forward(x);
        var loss = (y * random.Normal(type, y.shape)).sum() + model.EbopsLoss();
        loss.backward();
        var gradients = model.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.Values());
        gradients["x"] = x.grad!.Values();
        return (y.Values(), loss.ToDouble(), gradients);
    }

    internal static HgqSequential Model(Seeded random, string? kernel, string activation, torch.ScalarType type, bool fused)
    {
        using var defaults = QuantizerDefaults.Scope(
            QuantizerConfig.DefaultKernel with { SkipDims = kernel },
            QuantizerConfig.DefaultPreActivation with { SkipDims = activation });
        var model = new HgqSequential(
            [3, 6],
            new HQuantize(),
            new HDense(9, Activation.Relu, beta: 1e-3),
            new HDense(17, Activation.Linear, beta: 2e-3, useBias: false),
            new HDense(4, Activation.Linear, beta: 1e-3));
        model.InitializeWeights(random.Uniform);
        Scatter(model, random);
        model.to(type);
        model.UseFusedPasses = fused;
        model.train();
        return model;
    }

    private static void Scatter(HgqModel model, Seeded random)
    {
        using var noGradient = torch.no_grad();
        foreach (var quantizer in model.Quantizers.Cast<HgqQuantizer>())
        {
            quantizer.Fbw.add_(random.Normal(torch.float32, quantizer.Fbw.shape) * 2);
        }

        foreach (var layer in model.Layers.OfType<HDense>())
        {
            layer.Bias?.copy_(random.Normal(torch.float32, layer.Bias.shape));
        }
    }
}
