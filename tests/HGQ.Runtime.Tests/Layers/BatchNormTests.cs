using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

public sealed class BatchNormTests
{
    // Where there is a bias or an offset the original's folded bias is wrong (B1, B2); statistics, folded kernel and cost are right. One
    // case runs a second pass through another bug (B4), and the stand-alone norm subtracts the wrong mean (B5).
    [GoldenFact]
    public void Statistics_folded_kernels_and_cost_are_the_recorded_ones()
    {
        foreach (var c in GoldenFile.Cases("layers_batchnorm.json").Where(c => c.Id() is not ("layer/HDenseBatchNorm/adapts_kernel_bits" or "layer/HBatchNormalization")))
        {
            using var scope = torch.NewDisposeScope();
            var model = GoldenModel.Create(c.GetProperty("model"));
            GoldenModel.Load(model, c.GetProperty("variables_before"));
            var expected = c.GetProperty("on_grid").GetProperty("training");
            model.train();
            model.Forward(GoldenModel.Inputs(model, c.GetProperty("x")));
            model.EbopsLoss();
            foreach (var layer in expected.GetProperty("bops").EnumerateObject())
            {
                Close.Relative([layer.Value.GetDouble()], [model[layer.Name].Ebops], 1e-6, $"{c.Id()} EBOPs");
            }

            foreach (var (layer, name, value) in GoldenModel.Variables(expected.GetProperty("state_after")).Where(v => v.Name.StartsWith("moving", StringComparison.Ordinal)))
            {
                Close.Relative(
                    [.. value.GetProperty("data").EnumerateArray().Select(GoldenFile.Number)],
                    GoldenModel.Variable(model, layer, name),
                    2e-6,
                    $"{c.Id()} {layer}.{name}");
            }

            foreach (var layer in c.GetProperty("on_grid").GetProperty("calibrated").GetProperty("fused").EnumerateObject())
            {
                Close.Exactly(layer.Value.Numbers("fused_qkernel"), ((KernelLayer)model[layer.Name]).QuantizedKernel(), $"{c.Id()} kernel");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_many_bits_the_folded_layer_is_dense_then_batch_norm(bool useBias)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Seeded(4);
        var fine = new QuantizerConfig { InitBw = 40, BwClip = (-50, 50), RndStrategy = RoundingStrategy.Standard, SkipDims = SkipDims.Batch };
        var layer = new HDenseBatchNorm(3, useBias: useBias, kq: fine with { SkipDims = SkipDims.None }, paq: fine);
        var model = new HgqSequential([4], new HQuantize(fine), layer);
        model.to(torch.float64);
        var norm = torch.nn.BatchNorm1d(3, eps: 1e-3, momentum: 0.01, dtype: torch.float64);
        using (torch.no_grad())
        {
            GoldenQuantizer.Set(layer.BatchNorm!.Beta, random.Normal(torch.float64, 3));
            GoldenQuantizer.Set(layer.BatchNorm.Gamma, random.Normal(torch.float64, 3));
            GoldenQuantizer.Set(norm.bias!, layer.BatchNorm.Beta);
            GoldenQuantizer.Set(norm.weight!, layer.BatchNorm.Gamma);
            layer.Bias?.copy_(random.Normal(torch.float64, 3));
        }

        var x = random.Normal(torch.float64, 50, 4);
        model.train();
        var product = x.matmul(layer.Kernel);
        var referee = norm.call(layer.Bias is null ? product : product + layer.Bias);
        Close.Absolute(referee.Values(), model.forward(x).Values(), 1e-9, "training");

        // Keras' moving variance is the biased one, torch's is not.
        using (torch.no_grad())
        {
            norm.running_var!.copy_(layer.BatchNorm.MovingVariance);
        }

        model.eval();
        norm.eval();
        Close.Absolute(norm.call(layer.Bias is null ? product : product + layer.Bias).Values(), model.forward(x).Values(), 1e-9, "inference");
    }
}
