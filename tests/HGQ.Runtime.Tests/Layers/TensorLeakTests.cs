using System;
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
        var model = FusedPathTests.Model(random, null, "batch", torch.float32, fused: true);
        var adam = new HgqAdam(model.parameters());
        var x = random.Normal(torch.float32, 16, 3, 6);
        long early = 0;
        for (var step = 0; step < 200; step++)
        {
            using (var scope = torch.NewDisposeScope())
            {
                var loss = model.forward(x).pow(2).mean() + model.EbopsLoss();
                adam.ZeroGradients();
                loss.backward();
                adam.Step();
            }

            if (step == 20)
            {
                Collect();
                early = torch.Tensor.TotalCount;
            }
        }

        Collect();
        Assert.Equal(early, torch.Tensor.TotalCount);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
