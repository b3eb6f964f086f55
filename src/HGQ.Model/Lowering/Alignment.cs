using System;
using System.Collections.Generic;

namespace HGQ.Model.Lowering;

/// <summary>Gives elements that are summed or compared with each other equal fraction bits, by exact left shifts.</summary>
internal static class Alignment
{
    /// <summary>Elements with the same <paramref name="groupOf"/> get the most fraction bits any of them has.</summary>
    public static LoweredTensor ByGroup(LoweringContext context, string layer, LoweredTensor tensor, Func<int, int> groupOf)
    {
        var buffer = context.Buffer(tensor);
        var most = new Dictionary<int, int>();
        for (var e = 0; e < buffer.Length; e++)
        {
            if (!buffer.IsZero(e))
            {
                int group = groupOf(e), bits = buffer.Formats[e].FractionBits;
                most[group] = most.TryGetValue(group, out int known) ? Math.Max(known, bits) : bits;
            }
        }

        var target = new int[buffer.Length];
        for (var e = 0; e < target.Length; e++)
        {
            target[e] = most.TryGetValue(groupOf(e), out int bits) ? bits : 0;
        }

        return Quantization.Align(context, layer, tensor, target);
    }

    /// <summary>Equal fraction bits at all positions of each channel: what a kernel that slides over positions needs.</summary>
    public static LoweredTensor ByChannel(LoweringContext context, string layer, LoweredTensor tensor)
    {
        int channels = tensor.Shape.Channels;
        return tensor.Shape.Size == channels ? tensor : ByGroup(context, layer, tensor, e => e % channels);
    }
}
