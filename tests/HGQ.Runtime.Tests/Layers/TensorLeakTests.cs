using System;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

[Collection(nameof(CountsTensors))]
public sealed class TensorLeakTests
{
    [Fact]
    public void Two_hundred_steps_leave_no_tensor_behind()
    {
        using var outer = torch.NewDisposeScope();
        var random = new Seeded(3);
        Train(FusedPathTests.Model(random, null, "batch", torch.float32, fused: true), random.Normal(torch.float32, 16, 3, 6));
    }

    [Fact]
    public void Nor_do_dense_layers_behind_quantized_data()
    {
        using var outer = torch.NewDisposeScope();
        var model = new HgqSequential([150], new HQuantize(), new HDense(8, Activation.Relu, beta: 1e-3), new HDense(4));
        model.train();
        Train(model, new Seeded(3).Normal(torch.float32, 16, 150));
    }

    private static void Train(HgqModel model, torch.Tensor x)
    {
        var adam = new HgqAdam(model.parameters());
        long early = 0;
        const int warm = 20;
        const int steps = 200;
        for (var step = 0; step < steps; step++)
        {
            using (var scope = torch.NewDisposeScope())
            {
                var loss = model.forward(x).pow(2).mean() + model.EbopsLoss();
                adam.ZeroGradients();
                loss.backward();
                adam.Step();
            }

            if (step == warm)
            {
                Collect();
                early = torch.Tensor.TotalCount;
            }
        }

        Collect();
        // Tensors of earlier tests may still be finalized in between, so the count may fall; a leak of one tensor a step adds 180.
        Assert.InRange(torch.Tensor.TotalCount, 0, early + ((steps - warm) / 2));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
