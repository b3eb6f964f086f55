using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers.FixedPoint;

/// <summary>A bias of one number a channel beside widths of each position: the fused pass leaves its sum to torch.</summary>
public sealed class FixedPointConvolutionTests
{
    [Fact]
    public void A_convolution_trains_alike_on_both_paths()
    {
        double[][] fused = Gradients(true), operators = Gradients(false);
        Assert.Equal(operators.Length, fused.Length);
        Assert.All(operators.Zip(fused), pair => Assert.All(pair.First.Zip(pair.Second), g => Assert.Equal(g.First, g.Second, 1e-3)));
        Assert.Contains(fused, static gradient => gradient.Any(static g => g != 0));
    }

    private static double[][] Gradients(bool fused)
    {
        using var scope = torch.NewDisposeScope();
        using var defaults = QuantizerDefaults.Scope(FixedPointQuantizerConfig.DefaultKernel, FixedPointQuantizerConfig.DefaultActivation);
        torch.random.manual_seed(4);
        using var model = new HgqSequential(
            [6, 6, 1], new HQuantize(), new HConv2D(new ConvOptions(3, [3, 3]) { Activation = Activation.Relu, Beta = 1e-3 }), new PMaxPool2D([2]), new PFlatten(), new HDense(2, beta: 1e-3));
        model.UseFusedPasses = fused;
        model.train();
        var y = model.forward(torch.randn(5, 6, 6, 1));
        ((y * torch.randn(5, 2)).sum() + model.EbopsLoss()).backward();
        return [.. model.parameters().Select(static p => p.grad is { } gradient ? TensorValues.Read(gradient) : [])];
    }
}
