using System;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Removes the taps and outputs of a constant product that are not needed.</summary>
internal static class ProductCompaction
{
    /// <summary>The product over the elements that are left; the caller sets the buffers.</summary>
    /// <param name="product">The product before.</param>
    /// <param name="kept">Kept elements of the destination.</param>
    /// <param name="indexOf">New index of each element of the source, −1 for none.</param>
    public static ConstantProductInstruction Run(ConstantProductInstruction product, bool[] kept, int[] indexOf)
    {
        int[] outputs = Enumerable.Range(0, product.Outputs).Where(o => product.Groups > 1 || kept[o]).ToArray();
        int[] taps = Enumerable.Range(0, product.Taps).Where(t => AnyWeight(product, t, outputs)).ToArray();
        var weights = new long[product.Groups * taps.Length * outputs.Length];
        var tapOffsets = new int[product.Groups * taps.Length];
        int first = product.PositionOffsets[0];
        for (var g = 0; g < product.Groups; g++)
        {
            for (var t = 0; t < taps.Length; t++)
            {
                int from = (g * product.Taps) + taps[t], to = (g * taps.Length) + t;
                int index = indexOf[first + product.TapOffsets[from]];

                // A tap that this group does not read keeps its place in the rectangle, with weight 0.
                tapOffsets[to] = Math.Max(index, 0);
                for (var o = 0; o < outputs.Length; o++)
                {
                    weights[(to * outputs.Length) + o] = product.Weights[(from * product.Outputs) + outputs[o]];
                }
            }
        }

        return product with
        {
            Taps = taps.Length,
            Outputs = outputs.Length,
            PositionOffsets = Positions(product, indexOf, taps, outputs),
            TapOffsets = tapOffsets,
            Weights = weights,
            Bias = Biases(product, outputs),
        };
    }

    private static bool AnyWeight(ConstantProductInstruction product, int tap, int[] outputs)
    {
        for (var g = 0; g < product.Groups; g++)
        {
            if (HasWeight(product, (g * product.Taps) + tap, outputs))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasWeight(ConstantProductInstruction product, int groupTap, int[] outputs)
        => outputs.Any(o => product.Weights[(groupTap * product.Outputs) + o] != 0);

    private static int FirstUsed(ConstantProductInstruction product, int[] taps, int[] outputs)
    {
        for (var g = 0; g < product.Groups; g++)
        {
            foreach (int t in taps)
            {
                if (HasWeight(product, (g * product.Taps) + t, outputs))
                {
                    return (g * product.Taps) + t;
                }
            }
        }

        return 0;
    }

    // Tap offsets are the new indices at the first position; offsets of positions are differences of the new indices of any
    // tap that is read: channels are kept at all positions or at none, so all taps agree.
    private static int[] Positions(ConstantProductInstruction product, int[] indexOf, int[] taps, int[] outputs)
    {
        var offsets = new int[product.Positions];
        if (taps.Length == 0 || product.Positions == 1)
        {
            return offsets;
        }

        int tap = product.TapOffsets[FirstUsed(product, taps, outputs)];
        int zero = indexOf[product.PositionOffsets[0] + tap];
        for (var p = 0; p < offsets.Length; p++)
        {
            offsets[p] = indexOf[product.PositionOffsets[p] + tap] - zero;
        }

        return offsets;
    }

    private static long[] Biases(ConstantProductInstruction product, int[] outputs)
    {
        var biases = new long[product.Groups * outputs.Length];
        for (var g = 0; g < product.Groups; g++)
        {
            for (var o = 0; o < outputs.Length; o++)
            {
                biases[(g * outputs.Length) + o] = product.Bias[(g * product.Outputs) + outputs[o]];
            }
        }

        return biases;
    }
}
