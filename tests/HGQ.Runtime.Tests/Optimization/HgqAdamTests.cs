using System.Linq;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.Optimization;

public sealed class HgqAdamTests
{
    private readonly Seeded _random = new(5);

    [Fact]
    public void Steps_are_those_of_torch()
    {
        using var scope = torch.NewDisposeScope();
        Parameter[] ours = [Random(7, 5), Random(3)];
        Parameter[] theirs = [.. ours.Select(p => new Parameter(p.detach().clone()))];
        var (adam, referee) = (new HgqAdam(ours, 0.01), torch.optim.Adam(theirs, 0.01));

        for (var step = 0; step < 10; step++)
        {
            for (var p = 0; p < ours.Length; p++)
            {
                var gradient = _random.Normal(torch.float64, ours[p].shape);
                (ours[p].grad, theirs[p].grad) = (gradient, gradient.clone());
            }

            adam.Step();
            referee.step();
        }

        for (var p = 0; p < ours.Length; p++)
        {
            Close.Relative(theirs[p].Values(), ours[p], 1e-12, $"parameter {p}");
        }
    }

    [Fact]
    public void A_saved_state_goes_on_as_if_nothing_had_happened()
    {
        using var scope = torch.NewDisposeScope();
        var (uninterrupted, resumed) = (Random(9), Random(9));
        using (torch.no_grad())
        {
            resumed.copy_(uninterrupted);
        }

        var (first, before) = (new HgqAdam([uninterrupted], 0.1), new HgqAdam([resumed], 0.1));
        var after = new HgqAdam([resumed], 0.5);
        for (var step = 0; step < 6; step++)
        {
            var gradient = _random.Normal(torch.float64, 9);
            (uninterrupted.grad, resumed.grad) = (gradient, gradient.clone());
            first.Step();
            if (step == 3)
            {
                after.LoadState(before.SaveState());
            }

            (step < 3 ? before : after).Step();
        }

        Assert.Equal(uninterrupted.Values(), resumed.Values());
    }

    [Fact]
    public void A_foreign_state_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        var state = new HgqAdam([Random(2)]).SaveState();
        Assert.Throws<System.ArgumentException>(() => new HgqAdam([Random(3)]).LoadState(state));
        Assert.Throws<System.ArgumentException>(() => new HgqAdam([Random(2), Random(2)]).LoadState(state));
    }

    private Parameter Random(params long[] shape) => new(_random.Normal(torch.float64, shape));
}
