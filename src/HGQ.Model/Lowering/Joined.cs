using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Several tensors one behind the other in one buffer.</summary>
internal static class Joined
{
    public static LoweredTensor Of(LoweringContext context, string layer, IReadOnlyList<LoweredTensor> parts, TensorShape shape)
    {
        var sources = new List<int>();
        var sourceOf = new List<int>();
        var indexOf = new List<int>();
        var formats = new List<FixedPointFormat>();
        var intervals = new List<RawInterval>();
        foreach (var part in parts)
        {
            var buffer = context.Buffer(part);
            if (!sources.Contains(part.Buffer))
            {
                sources.Add(part.Buffer);
            }

            int source = sources.IndexOf(part.Buffer);
            sourceOf.AddRange(Enumerable.Repeat(source, buffer.Length));
            indexOf.AddRange(Enumerable.Range(0, buffer.Length));
            formats.AddRange(buffer.Formats);
            intervals.AddRange(buffer.Intervals);
        }

        var joined = context.Emit(layer, "joined", shape, formats.ToArray(), intervals.ToArray(), destination => new GatherInstruction(
            layer, sources.ToArray(), destination, sourceOf.ToArray(), indexOf.ToArray(), EquatableArray<long>.Empty));
        return context.CountWidths(joined, e => context.Draft.Buffers[sources[sourceOf[e]]].CountedWidth(indexOf[e]));
    }
}
