using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Sum, maximum or minimum over axes. A sum is a constant product with weights 1.</summary>
internal static class ReduceLowering
{
    public static LoweredTensor Lower(LoweringContext context, ReduceLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var reduced = new HashSet<int>(layer.Axes);
        var kept = Enumerable.Range(0, input.Shape.Rank).Where(axis => !reduced.Contains(axis)).ToArray();
        var lists = Offsets(input.Shape, Enumerable.Range(0, input.Shape.Rank).Where(reduced.Contains).ToArray());
        var result = layer.Kind == ReductionKind.Sum
            ? Sum(context, layer, input, kept, lists)
            : Extreme(context, layer, input, kept, lists);
        return Quantization.Finish(context, layer.Name, result, ActivationKind.Linear, layer.Quantizer);
    }

    private static LoweredTensor Extreme(LoweringContext context, ReduceLayer layer, LoweredTensor input, int[] kept, int[] terms)
    {
        var indices = Offsets(input.Shape, kept).SelectMany(first => terms.Select(term => first + term)).ToArray();
        return Extremum.OverLists(context, layer.Name, input, context.ShapeOf(layer), layer.Kind, terms.Length, indices);
    }

    private static LoweredTensor Sum(LoweringContext context, ReduceLayer layer, LoweredTensor input, int[] kept, int[] terms)
    {
        // Channels that stay become groups, so that each keeps a format of its own.
        int last = input.Shape.Rank - 1;
        bool channelsStay = kept.Length > 0 && kept[kept.Length - 1] == last;
        int groups = channelsStay ? input.Shape.Channels : 1;
        int[] positions = Offsets(input.Shape, channelsStay ? kept.Take(kept.Length - 1).ToArray() : kept);
        int[] taps = Enumerable.Range(0, groups).SelectMany(c => terms.Select(term => term + c)).ToArray();
        var geometry = new ProductGeometry(positions.Length, groups, terms.Length, 1, positions, taps);
        var source = Alignment.ByChannel(context, layer.Name, input);
        return ConstantProduct.Emit(
            context, layer.Name, source, geometry, Constants.Uniform(taps.Length, 1, 0), null, context.ShapeOf(layer));
    }

    // Element offsets of all index combinations of the given axes, row-major.
    private static int[] Offsets(TensorShape shape, int[] axes)
    {
        var strides = shape.Strides();
        var offsets = new[] { 0 };
        foreach (int axis in axes)
        {
            offsets = offsets.SelectMany(offset => Enumerable.Range(0, shape[axis]).Select(n => offset + (n * strides[axis]))).ToArray();
        }

        return offsets;
    }
}
