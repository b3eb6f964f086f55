using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Cost;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Builds maximum and minimum over lists of elements.</summary>
internal static class Extremum
{
    /// <summary>Element by element over several tensors of one shape.</summary>
    public static LoweredTensor Of(LoweringContext context, string layer, IReadOnlyList<LoweredTensor> operands, ReductionKind kind)
    {
        int size = operands[0].Shape.Size, count = operands.Count;
        var joined = Joined.Of(context, layer, operands, TensorShape.Of(count, size));
        var lists = new int[size * count];
        for (var n = 0; n < lists.Length; n++)
        {
            lists[n] = (n % count * size) + (n / count);
        }

        return OverLists(context, layer, joined, operands[0].Shape, kind, count, lists);
    }

    /// <summary>Over lists of one buffer; all elements of a list get equal fraction bits first.</summary>
    public static LoweredTensor OverLists(
        LoweringContext context, string layer, LoweredTensor source, TensorShape shape, ReductionKind kind, int terms, int[] lists)
    {
        var aligned = AlignLists(context, layer, source, terms, lists);
        var buffer = context.Buffer(aligned);
        var formats = new FixedPointFormat[lists.Length / terms];
        var intervals = new RawInterval[formats.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            int first = lists[e * terms], bits = buffer.Formats[first].FractionBits;
            var interval = buffer.Intervals[first];
            for (var t = 1; t < terms; t++)
            {
                int index = lists[(e * terms) + t];
                bits = buffer.IsZero(index) ? bits : buffer.Formats[index].FractionBits;
                interval = kind == ReductionKind.Max ? interval.Max(buffer.Intervals[index]) : interval.Min(buffer.Intervals[index]);
            }

            intervals[e] = interval;
            formats[e] = FixedPointFormat.ForInterval(interval, bits);
        }

        var chosen = context.Emit(layer, kind == ReductionKind.Max ? "max" : "min", shape, formats, intervals, destination => new ReduceInstruction(
            layer, kind, aligned.Buffer, destination, terms, lists));
        var counted = context.Buffer(source);
        return context.CountWidths(
            chosen, e => ProductWidths.Chosen(counted.CountedWidth, new ArraySegment<int>(lists, e * terms, terms)));
    }

    // Lists may overlap (pooling with small strides): elements that share a list, directly or through others, form one group.
    private static LoweredTensor AlignLists(LoweringContext context, string layer, LoweredTensor source, int terms, int[] lists)
    {
        var parent = Enumerable.Range(0, source.Shape.Size).ToArray();
        int Root(int e)
        {
            while (parent[e] != e)
            {
                e = parent[e] = parent[parent[e]];
            }

            return e;
        }

        for (var n = 0; n < lists.Length; n++)
        {
            parent[Root(lists[n])] = Root(lists[n / terms * terms]);
        }

        return Alignment.ByGroup(context, layer, source, Root);
    }
}
