using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Joins tensors along an axis: an index map over several sources.</summary>
internal static class ConcatenateLowering
{
    public static LoweredTensor Lower(LoweringContext context, ConcatenateLayer layer)
    {
        var inputs = layer.Inputs.Select(name => context.Integers(layer.Name, name)).ToArray();
        var shape = context.ShapeOf(layer);
        int inner = shape.Dimensions.Skip(layer.Axis + 1).Aggregate(1, (product, size) => product * size);
        var sourceOf = new int[shape.Size];
        var indexOf = new int[shape.Size];
        var formats = new FixedPointFormat[shape.Size];
        var intervals = new RawInterval[shape.Size];
        for (var e = 0; e < sourceOf.Length; e++)
        {
            int at = e / inner % shape[layer.Axis], outer = e / inner / shape[layer.Axis], source = 0;
            for (; at >= inputs[source].Shape[layer.Axis]; source++)
            {
                at -= inputs[source].Shape[layer.Axis];
            }

            int index = (((outer * inputs[source].Shape[layer.Axis]) + at) * inner) + (e % inner);
            var buffer = context.Buffer(inputs[source]);
            sourceOf[e] = source;
            indexOf[e] = index;
            formats[e] = buffer.Formats[index];
            intervals[e] = buffer.Intervals[index];
        }

        var sources = inputs.Select(tensor => tensor.Buffer).ToArray();
        var joined = context.Emit(layer.Name, string.Empty, shape, formats, intervals, destination => new GatherInstruction(
            layer.Name, sources, destination, sourceOf, indexOf, EquatableArray<long>.Empty));
        return context.CountWidths(joined, e => context.Buffer(inputs[sourceOf[e]]).CountedWidth(indexOf[e]));
    }
}
