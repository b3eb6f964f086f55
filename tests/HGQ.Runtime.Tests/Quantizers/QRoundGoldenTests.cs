using System;
using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Quantizers;

public sealed class QRoundGoldenTests
{
    [GoldenFact]
    public void Rounding_is_exact_wherever_a_result_is_determined()
    {
        foreach (var c in GoldenFile.Cases("q_round.json").Where(c => c.Has("exact")))
        {
            foreach (var type in new[] { torch.float32, torch.float64 })
            {
                using var scope = torch.NewDisposeScope();
                var strategy = (RoundingStrategy)c.GetProperty("strategy").GetInt32();
                Close.Exactly(c.Numbers("exact"), HgqQuantizer.QRound(c.Tensor("x", type), strategy), $"{c.Id()} {type}");
            }
        }
    }

    [GoldenFact]
    public void Random_strategies_have_the_stated_mean_spread_and_values()
    {
        foreach (var c in GoldenFile.Cases("q_round.json").Where(c => c.Has("draws")))
        {
            using var scope = torch.NewDisposeScope();
            var draws = c.GetProperty("draws").GetInt32();
            var x = c.Tensor("x", torch.float64);
            var strategy = (RoundingStrategy)c.GetProperty("strategy").GetInt32();
            var results = HgqQuantizer.QRound(x.unsqueeze(0).repeat(draws, 1), strategy);
            var difference = (results - x).Values();
            double[] spread, mean;
            if (strategy == RoundingStrategy.Noise)
            {
                Assert.All(difference, d => Assert.InRange(d, -0.5, 0.5));
                (mean, spread) = (x.Values(), [.. x.Values().Select(_ => c.GetProperty("expected_standard_deviation").GetDouble())]);
            }
            else
            {
                Assert.All(results.Values(), (r, e) => Assert.Contains(
                    r - c.Numbers("expected_lower")[e % (int)x.numel()], new[] { 0.0, 1.0 }));
                (mean, spread) = (c.Numbers("expected_mean"), c.Numbers("expected_standard_deviation"));
            }

            var observed = results.mean([0]).Values();
            for (var e = 0; e < mean.Length; e++)
            {
                Assert.InRange(observed[e] - mean[e], -5 * spread[e] / Math.Sqrt(draws), 5 * spread[e] / Math.Sqrt(draws));
            }
        }
    }
}
