using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Sum and difference: every operand is shifted to the most fraction bits of its element.</summary>
internal static class AddLowering
{
    public static LoweredTensor Lower(LoweringContext context, AddLayer layer)
    {
        var shape = Broadcasting.CommonShape(layer.Inputs.Select(name => context.Integers(layer.Name, name).Shape));
        var operands = layer.Inputs.Select(name => Broadcasting.To(context, layer.Name, context.Integers(layer.Name, name), shape)).ToArray();
        var buffers = operands.Select(context.Buffer).ToArray();
        var shifts = operands.Select(_ => new int[shape.Size]).ToArray();
        var formats = new FixedPointFormat[shape.Size];
        var intervals = new RawInterval[shape.Size];
        for (var e = 0; e < formats.Length; e++)
        {
            var varying = buffers.Where(b => !b.IsZero(e)).Select(b => b.Formats[e].FractionBits).ToArray();
            int bits = varying.Length == 0 ? 0 : varying.Max();
            var sum = RawInterval.Point(BigInteger.Zero);
            for (var n = 0; n < buffers.Length; n++)
            {
                shifts[n][e] = buffers[n].IsZero(e) ? 0 : bits - buffers[n].Formats[e].FractionBits;
                var term = buffers[n].Intervals[e].ShiftLeft(shifts[n][e]);
                sum = layer.Negate[n] ? sum - term : sum + term;
            }

            intervals[e] = sum;
            formats[e] = FixedPointFormat.ForInterval(sum, bits);
        }

        var terms = operands.Select((operand, n) => new AddOperand(operand.Buffer, shifts[n], layer.Negate[n])).ToArray();
        var result = context.Emit(layer.Name, "sum", shape, formats, intervals, destination => new AddInstruction(layer.Name, terms, destination));
        return Quantization.Finish(context, layer.Name, result, ActivationKind.Linear, layer.Quantizer);
    }
}
