using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>x·2^n: the raw integers stay, the formats move.</summary>
internal static class ShiftLowering
{
    public static LoweredTensor Lower(LoweringContext context, ShiftLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var source = context.Buffer(input);
        var formats = source.Formats
            .Select(f => new FixedPointFormat(f.Signed, f.IntegerBits + layer.Shift, f.FractionBits - layer.Shift)).ToArray();
        int length = source.Length;
        return context.Emit(layer.Name, string.Empty, input.Shape, formats, source.Intervals.ToArray(), destination => new RequantizeInstruction(
            layer.Name, input.Buffer, destination, false, new int[length], new RoundingMode[length], new OverflowAction[length]));
    }
}
