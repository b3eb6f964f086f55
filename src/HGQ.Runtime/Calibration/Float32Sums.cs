using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Calibration;

/// <summary>
/// Finds layers of a float32 model whose sums float32 does not hold exactly: there a traced value may lie one step beside the exported
/// integer, and at the end of a range outside of it.
/// </summary>
internal static class Float32Sums
{
    // Integers up to 2^24 are exact in float32.
    private const double MostBits = 24;

    /// <summary>A sentence for the first such layer; null where there is none.</summary>
    public static string? Find(HgqModel model)
    {
        foreach (HLayer layer in model.Layers)
        {
            bool folds = layer is KernelLayer { BatchNorm: not null } or HBatchNormalization;
            double bits = layer is KernelLayer kernel ? SumBits(kernel) : 0;
            if (folds || bits > MostBits)
            {
                string why = folds ? "folds a batch norm" : FormattableString.Invariant($"adds up to {Math.Ceiling(bits)} bits");
                return $"The layer {layer.Name} {why}, which float32 may round: call model.@double() before tracing, "
                    + "or traced samples may overflow.";
            }
        }

        return null;
    }

    // Every sum is an integer at the common grid of its products, at most as large as all of them together.
    private static double SumBits(KernelLayer layer)
    {
        FixedPointBits input = layer.Inputs[0].ExactOutputBits();
        using torch.Tensor quantized = layer.QuantizedKernel();
        FixedPointBits kernel = HgqQuantizer.GetArrBits(quantized);
        double[] weights = TensorValues.Read(quantized);
        int channels = (int)layer.OutputShape[^1];
        var sums = new double[channels];
        for (int e = 0; e < weights.Length; e++)
        {
            sums[e % channels] += Math.Abs(weights[e]);
        }

        int[] used = [.. Enumerable.Range(0, input.Count).Where(e => input.Width(e) > 0)];
        int[] set = [.. Enumerable.Range(0, weights.Length).Where(e => weights[e] != 0)];
        return used.Length == 0 || set.Length == 0
            ? 0
            : Math.Log2(sums.Max())
                + used.Max(e => input.IntegerBits[e]) + used.Max(e => input.FractionBits[e]) + set.Max(e => kernel.FractionBits[e]);
    }
}
