using System;

namespace HGQ.Runtime.Trimming;

/// <summary>Whether sums are multiples of a power of two with few enough bits for a floating-point number to be exact.</summary>
internal static class ExactChainSums
{
    /// <summary>Bits of a float32's significand, less one for growth.</summary>
    public const int SingleBits = 23;

    /// <summary>Bits of a float64's significand, less two.</summary>
    public const int DoubleBits = 51;

    /// <summary>The first layer whose sums may need more bits; null where there is none.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="range">Smallest and largest value of a channel in front of a layer.</param>
    /// <param name="bits">Bits that a sum may have.</param>
    public static string? FirstBeyond(DenseChain chain, Func<int, int, (double Low, double High)> range, int bits)
    {
        for (int l = 0; l < chain.Layers.Count; l++)
        {
            for (int o = 0; o < chain.Layers[l].Outputs; o++)
            {
                if (Bits(chain, l, o, range) > bits)
                {
                    return chain.Layers[l].Source.Name;
                }
            }
        }

        return null;
    }

    private static int Bits(DenseChain chain, int l, int output, Func<int, int, (double Low, double High)> range)
    {
        ChainLayer layer = chain.Layers[l];
        double magnitude = Math.Abs(layer.Bias[output]);
        int finest = layer.Bias[output] == 0 ? int.MinValue : DyadicNumber.Of(layer.Bias[output]).FractionBits;
        for (int i = 0; i < layer.Inputs; i++)
        {
            double weight = layer.Weight(i, output);
            if (weight != 0 && chain.Before(l).Width(i) > 0)
            {
                (double low, double high) = range(l, i);
                magnitude += Math.Abs(weight) * Math.Max(Math.Abs(low), Math.Abs(high));
                finest = Math.Max(finest, DyadicNumber.Of(weight).FractionBits + chain.Before(l).Formats[i].FractionBits);
            }
        }

        return magnitude == 0 ? 0 : Math.ILogB(magnitude) + 1 + finest;
    }
}
