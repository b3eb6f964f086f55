using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

/// <summary>The penalty on widths is part of the loss, whichever quantizer trains them and whichever way the cost is computed.</summary>
public sealed class PenaltyTests
{
    public static TheoryData<IQuantizerConfig, IQuantizerConfig, bool> Families
    {
        get
        {
            var kernel = FixedPointQuantizerConfig.DefaultKernel with { Regularizer = new MonoL1(0.5) };
            var activation = FixedPointQuantizerConfig.DefaultActivation with { Regularizer = new MonoL1(0.5) };
            var kernelV1 = QuantizerConfig.DefaultKernel with { Regularizer = new MonoL1(0.5) };
            var activationV1 = QuantizerConfig.DefaultPreActivation with { Regularizer = new MonoL1(0.5) };
            return new()
            {
                { kernel, activation, true }, { kernel, activation, false },
                { kernelV1, activationV1, true }, { kernelV1, activationV1, false },
                { kernel, activationV1, true }, { kernelV1, activation, true },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Families), DisableDiscoveryEnumeration = true)]
    public void Is_part_of_the_loss(IQuantizerConfig kernel, IQuantizerConfig activation, bool fused)
    {
        using var scope = torch.NewDisposeScope();
        using var defaults = QuantizerDefaults.Scope(kernel, activation);
        torch.random.manual_seed(3);
        using var model = new HgqSequential([4], new HQuantize(), new HDense(3)) { UseFusedPasses = fused };
        model.train();
        model.forward(torch.randn(8, 4));
        double penalty = model.Quantizers.Select(static q => q.Penalty()).OfType<torch.Tensor>().Sum(static p => p.ToDouble());
        double with = model.EbopsLoss().ToDouble();
        foreach (var quantizer in model.Quantizers)
        {
            quantizer.Regularizer = null;
        }

        Assert.True(penalty > 10);
        Assert.Equal(penalty, with - model.EbopsLoss().ToDouble(), 1e-4);
    }
}
