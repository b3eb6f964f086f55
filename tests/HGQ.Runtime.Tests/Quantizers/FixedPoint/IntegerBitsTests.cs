using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers.FixedPoint;

/// <summary>Integer bits that follow the data where the recorded vectors say little: nothing needed, signs, limits, several batches.</summary>
public sealed class IntegerBitsTests
{
    private static readonly FixedPointQuantizerConfig Kbi = new()
    {
        Parametrisation = Parametrisation.Kbi,
        Overflow = OverflowMode.Wrap,
        Bits = 4,
        IntegerBits = 2,
        SkipDims = SkipDims.Batch,
    };

    [Theory]
    [InlineData(Parametrisation.Kbi, 1.0)]
    [InlineData(Parametrisation.Kif, 1.0)]
    public void A_group_of_zeros_needs_nothing_and_its_integer_bits_decay(Parametrisation parametrisation, double decay)
    {
        var quantizer = Built(Kbi with { Parametrisation = parametrisation, Decay = decay, IntegerLimits = (-3, 8) }, 2);
        using var x = torch.tensor(new[] { 0f, 0.9f }, [1, 2]);
        double[] group = [.. Enumerable.Range(0, 8).Select(_ =>
        {
            quantizer.Forward(x, training: true);
            return quantizer.IntegerBits.Values()[0];
        })];

        Assert.Equal([1, 0, -1, -2, -3, -3, -3, -3], group);
        Assert.Equal(0, quantizer.IntegerBits.Values()[1]);
    }

    [Fact]
    public void Zeros_that_give_everything_up_at_once_end_at_the_limit()
    {
        var quantizer = Built(Kbi with { Decay = double.PositiveInfinity, IntegerLimits = BitRange.Unlimited }, 1);
        quantizer.Forward(torch.zeros(3, 1), training: true);
        Assert.Equal([-23], quantizer.IntegerBits.Values());
    }

    [Fact]
    public void Without_bits_the_integer_bits_stay()
    {
        var quantizer = Built(Kbi with { Bits = 0, Decay = 1 }, 1);
        quantizer.Forward(torch.tensor(new[] { 0f, 3f }, [2, 1]), training: true);
        Assert.Equal([2], quantizer.IntegerBits.Values());
    }

    // b = 4, largest value 0.9: i = 0, a grid of 1/16, on which −0.02 is 0 and −0.05 is −1/16; with 3.6 beside it the grid is 1/4.
    [Theory]
    [InlineData(0.9f, -0.02f, 0)]
    [InlineData(0.9f, -0.05f, 1)]
    [InlineData(3.6f, -0.05f, 0)]
    [InlineData(3.6f, -0.2f, 1)]
    public void The_first_traced_batch_decides_its_grid_before_its_sign(float largest, float negative, double sign)
    {
        var quantizer = Built(Kbi, 1);
        quantizer.BeginTracing();
        quantizer.Forward(torch.tensor(new[] { largest, negative }, [2, 1]), training: false);
        quantizer.EndTracing();
        Assert.Equal([sign], quantizer.KeepNegative.Values());
    }

    [Fact]
    public void Tracing_ends_in_the_same_formats_whatever_the_batches_are()
    {
        string Traced(int batchSize)
        {
            torch.manual_seed(1);
            using var model = new HgqSequential(
                [4],
                new HQuantize(Kbi, "q"),
                new HDense(6, paq: Kbi with { SkipDims = SkipDims.All }, name: "d1"),
                new HDense(3, paq: Kbi, name: "d2"));
            model.@double();
            using var x = torch.arange(1, 81, dtype: torch.float64).reshape(20, 4).pow(2) / 50;
            var ebops = MinmaxTracer.TraceMinmax(model, x, batchSize).Ebops;
            var formats = model.Quantizers.OfType<FixedPointQuantizer>().SelectMany(q => q.IntegerBits.Values().Concat(q.KeepNegative.Values()));
            return string.Join(' ', formats.Append(ebops));
        }

        var whole = Traced(20);
        Assert.Equal(whole, Traced(1));
        Assert.Equal(whole, Traced(7));
    }

    [Fact]
    public void Limits_that_keep_traced_values_out_are_told()
    {
        using var model = new HgqSequential(
            [1],
            new HQuantize(FixedPointQuantizerConfig.DefaultActivation with { IntegerLimits = (-2, 1) }, "q"),
            new HQuantize(name: "behind"));
        string? told = null;
        MinmaxTracer.TraceMinmax(model, torch.tensor(new[] { 1f, 3f }, [2, 1]), warning: text => told = text);
        Assert.Contains("q.paq", told, StringComparison.Ordinal);

        // 3 wraps to 1 in 1 integer bit, and what is behind has seen that.
        Assert.Equal([1], ((HgqQuantizer)((HQuantize)model["behind"]).ActivationQuantizer).Max.Values());
    }

    private static FixedPointQuantizer Built(FixedPointQuantizerConfig config, long columns)
    {
        var quantizer = new FixedPointQuantizer(config);
        quantizer.Build([-1, columns], "q");
        return quantizer;
    }
}
