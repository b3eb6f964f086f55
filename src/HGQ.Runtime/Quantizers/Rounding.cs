using System;
using HGQ.Runtime.Tensors;
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
            RoundingStrategy.Noise => x.Abs().LessThanOrEqual(0.5).Choose(NewTensor.ZerosLike(x), x.Add(NewTensor.RandomLike(x).Subtract(0.5))),
            RoundingStrategy.Floor => x.Floor(),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not a rounding strategy; Auto is decided by a layer."),
        };
        return result.MoveToOuterDisposeScope();
    }

    // ⌊x + ½⌋ would be wrong where x + ½ is not representable: 0.49999997, odd integers from 2^23 on.
    private static torch.Tensor HalfUp(torch.Tensor x)
    {
        var floor = x.Floor();
        return floor.Add(x.Subtract(floor).GreaterThanOrEqual(0.5).ToType(x.DataType));
    }

    private static torch.Tensor Stochastic(torch.Tensor x)
    {
        var floor = x.Floor();
        return floor.Add(NewTensor.RandomLike(x).LessThan(x.Subtract(floor)).ToType(x.DataType));
    }
}
