using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Pooling: a maximum over index lists, or an average.</summary>
internal static class PoolLowering
{
    public static LoweredTensor Lower(LoweringContext context, PoolLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var ones = layer.Size.Select(_ => 1).ToArray();
        var axes = SpatialAxis.All(input.Shape, layer.Size, layer.Strides, ones, layer.Padding);
        var pooled = layer.Kind == PoolKind.Max
            ? Max(context, layer, input, axes)
            : AverageLowering.Lower(context, layer, input, axes);
        return Quantization.Finish(context, layer.Name, pooled, ActivationKind.Linear, layer.Quantizer);
    }

    private static LoweredTensor Max(LoweringContext context, PoolLayer layer, LoweredTensor input, SpatialAxis[] axes)
    {
        int channels = input.Shape.Channels, terms = axes.Aggregate(1, (product, axis) => product * axis.Window);
        var shape = context.ShapeOf(layer);
        var strides = input.Shape.Strides();
        var lists = new int[shape.Size * terms];
        for (var n = 0; n < lists.Length; n++)
        {
            int tap = n % terms, position = n / terms / channels, index = n / terms % channels;
            for (int axis = axes.Length - 1; axis >= 0; axis--)
            {
                int at = (position % axes[axis].Outputs * axes[axis].Stride) + (tap % axes[axis].Window) - axes[axis].Before;
                position /= axes[axis].Outputs;
                tap /= axes[axis].Window;

                // Padding takes no part: the nearest element inside the window stands in for it, which changes no maximum.
                index += Math.Min(Math.Max(at, 0), axes[axis].Size - 1) * strides[axis];
            }

            lists[n] = index;
        }

        return Extremum.OverLists(context, layer.Name, input, shape, ReductionKind.Max, terms, lists);
    }
}
