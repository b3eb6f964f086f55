using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>Proves that every partial sum of a dense layer is a multiple of a power of two with fewer than 53 significant bits.</summary>
internal static class ExactSums
{
    private const double Limit = 1L << 52;

    public static bool Fit(DenseLayer layer, IReadOnlyList<FixedPointFormat> inputs, SimulatedQuantizer? quantizer)
    {
        int outputs = layer.Kernel.Shape[1];
        for (int o = 0; o < outputs; o++)
        {
            int finest = quantizer is null || quantizer.Formats[o].IsZero
                ? int.MinValue
                : quantizer.Formats[o].FractionBits + quantizer.RoundingBits;
            double magnitude = finest == int.MinValue ? 0 : Math.ScaleB(1, -finest);
            if (layer.Bias is not null && layer.Bias.Raw[o] != 0)
            {
                finest = Math.Max(finest, layer.Bias.Format[o].FractionBits);
                magnitude += Math.Abs(FixedPointArithmetic.ToDouble(layer.Bias.Raw[o], layer.Bias.Format[o]));
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                int index = (i * outputs) + o;
                long raw = layer.Kernel.Raw[index];
                if (raw != 0 && !inputs[i].IsZero)
                {
                    FixedPointFormat format = layer.Kernel.Format[index];
                    finest = Math.Max(finest, format.FractionBits + inputs[i].FractionBits);
                    double largest = Math.Max(-inputs[i].MinValue, inputs[i].MaxValue);
                    magnitude += Math.Abs(FixedPointArithmetic.ToDouble(raw, format)) * largest;
                }
            }

            // Negated, so that a NaN counts as not fitting.
            if (finest != int.MinValue && !(Math.ScaleB(magnitude, finest) < Limit))
            {
                return false;
            }
        }

        return true;
    }
}
