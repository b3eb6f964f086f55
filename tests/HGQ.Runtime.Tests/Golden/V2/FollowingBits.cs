using System;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Quantizers.FixedPoint;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden.V2;

/// <summary>Integer bits that follow the data in recorded layers: what the recording holds, and where it is known to be wrong.</summary>
internal static class FollowingBits
{
    /// <summary>
    /// Layers of the original that call the quantizer of their bias as at inference: its integer bits stay, and the bias wraps, while training too.
    /// </summary>
    private static readonly string[] FrozenBias = ["QDense", "QConv1D", "QConv2D"];

    /// <summary>Whether a group has b = 0 under KBI: the original gives it 32 integer bits, and everything behind it is meaningless.</summary>
    public static bool HasEmptyFormat(LayerModel model) => model.Following.Any(q =>
        q.Value.Config.Parametrisation == Parametrisation.Kbi && q.Value.Bits.Values().Any(b => Math.Round(b) <= 0));

    /// <summary>Puts the wrapped bias in place of the bias where the original wraps it; quantized it is the same number with the same remainder.</summary>
    public static void WrapFrozenBias(LayerModel model, JsonElement c)
    {
        if (!FrozenBias.Contains(c.GetProperty("layer").GetString()) || model.Following.All(q => q.Key != "bq"))
        {
            return;
        }

        var quantizer = model.Following.Single(q => q.Key == "bq").Value;
        double[] bias = model["bias"].Values(), integer = quantizer.IntegerBits.Values();
        double[] quantized = quantizer.Forward(model["bias"].detach(), training: false).Values();
        for (var e = 0; e < bias.Length; e++)
        {
            // The bias moves by as many periods as its quantized value.
            double period = Math.ScaleB(2, (int)Math.Round(integer[e], MidpointRounding.ToEven));
            bias[e] += Math.Round((quantized[e] - bias[e]) / period) * period;
        }

        FixedPointGolden.Set(model["bias"], bias);
    }

    /// <summary>Whether this step moved the grid of a bias (KBI), which the original leaves where it is: then outputs can't be compared.</summary>
    public static bool MovedFrozenGrid(LayerModel model, JsonElement c) =>
        FrozenBias.Contains(c.GetProperty("layer").GetString())
        && model.Following.Where(q => q.Key == "bq" && q.Value.Config.Parametrisation == Parametrisation.Kbi).Any(q =>
        {
            double[] before = model.Arrange("bq.i", FixedPointGolden.Tensor(c.GetProperty("variables").GetProperty("bq.i"), torch.float64)).Values();
            return q.Value.IntegerBits.Values().Zip(before).Any(i => Math.Round(i.First) != Math.Round(i.Second));
        });

    /// <summary>Compares the integer bits after a training step, then takes over the recorded ones.</summary>
    public static void Check(LayerModel model, JsonElement c)
    {
        bool meaningless = HasEmptyFormat(model);
        foreach (var (role, quantizer) in model.Following)
        {
            var name = $"{role}.i";
            bool listed = c.GetProperty("variables_after_training").TryGetProperty(name, out var after);
            double[] recorded = model.Arrange(name, FixedPointGolden.Tensor(listed ? after : c.GetProperty("variables").GetProperty(name), torch.float64)).Values();
            if (listed && !meaningless)
            {
                AssertFollowed(quantizer, recorded, $"{c.GetProperty("id").GetString()} {name}");
            }

            FixedPointGolden.Set(quantizer.IntegerBits, recorded);
        }
    }

    private static void AssertFollowed(FixedPointQuantizer quantizer, double[] recorded, string what)
    {
        var state = quantizer.state_dict();
        double[] found = quantizer.IntegerBits.Values(), min = state["min"].Values(), max = state["max"].Values();
        bool kbi = quantizer.Config.Parametrisation == Parametrisation.Kbi;
        for (var g = 0; g < recorded.Length; g++)
        {
            bool uncovered = (kbi && Math.Round(quantizer.Bits.Values()[g]) <= 0) || (min[g] == 0 && max[g] == 0);
            // A group that reaches down to exactly −2^n takes one integer bit too many in the original.
            bool tooMany = !kbi && min[g] == -Math.ScaleB(1, (int)recorded[g] - 1) && max[g] < -min[g] && found[g] >= recorded[g] - 1 && found[g] < recorded[g];
            Assert.True(
                uncovered || tooMany || Math.Abs(found[g] - recorded[g]) < 1e-12,
                FormattableString.Invariant($"{what}[{g}]: {found[g]} in place of {recorded[g]}, values {min[g]} to {max[g]}"));
        }
    }
}
