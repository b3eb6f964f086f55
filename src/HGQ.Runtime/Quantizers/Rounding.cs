using System;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Rounding of tensors to integers, by torch operators.</summary>
internal static class Rounding
{
    public static torch.Tensor Apply(torch.Tensor x, RoundingStrategy strategy)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var result = strategy switch
        {
            RoundingStrategy.Standard => HalfUp(x),
            RoundingStrategy.Stochastic => Stochastic(x),
            RoundingStrategy.Noise => torch.where(x.abs() <= 0.5, torch.zeros_like(x), x + (torch.rand_like(x) - 0.5)),
            RoundingStrategy.Floor => x.floor(),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not a rounding strategy; Auto is decided by a layer."),
        };
        return result.MoveToOuterDisposeScope();
    }

    // ⌊x + ½⌋ would be wrong where x + ½ is not representable: 0.49999997, odd integers from 2^23 on.
    private static torch.Tensor HalfUp(torch.Tensor x)
    {
        var floor = x.floor();
        return floor + (x - floor >= 0.5).to_type(x.dtype);
    }

    private static torch.Tensor Stochastic(torch.Tensor x)
    {
        var floor = x.floor();
        return floor + (torch.rand_like(x) < x - floor).to_type(x.dtype);
    }
}
