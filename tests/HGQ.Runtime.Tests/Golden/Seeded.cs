using System;
using System.Linq;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Random tensors from a generator of their own: torch's is shared by all tests that run at the time.</summary>
internal sealed class Seeded(int seed)
{
    private readonly Random _random = new(seed);

    public torch.Tensor Normal(torch.ScalarType type, params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (size, n) => size * n)];
        for (var e = 0; e < values.Length; e++)
        {
            values[e] = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        }

        return torch.tensor(values, shape, dtype: type);
    }

    public double Uniform() => _random.NextDouble();
}

/// <summary>Tests that count all tensors of the process.</summary>
[CollectionDefinition(nameof(CountsTensors), DisableParallelization = true)]
public sealed class CountsTensors
{
}
