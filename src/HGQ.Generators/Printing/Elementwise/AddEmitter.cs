using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Element-wise sums of shifted operands.</summary>
internal static class AddEmitter
{
    public static void Emit(Kernel kernel, string method, AddInstruction instruction)
    {
        var target = kernel.Program.Buffers[instruction.Destination];
        var code = LaneCode.For(kernel, kernel.Storage.TypeOf(instruction.Destination));
        var buffers = instruction.Operands.Select(operand => operand.Buffer).Append(instruction.Destination).ToArray();
        kernel.OpenMethod(method, $"{instruction.Layer}: add", buffers);
        var wraps = new RequantizeColumns(code, SumWrap.Of(target, target.Length, true));
        var shifts = instruction.Operands.Select(operand => wraps.Extra(operand.Shifts.Select(shift => (long)shift))).ToArray();
        wraps.Complete();
        var terms = wraps.Declare();
        var distances = shifts.Select(column => wraps.Distance(column)).ToArray();
        var kept = instruction.Operands.Select(operand => Kept(kernel, code, operand)).ToArray();
        ElementLoop.Write(kernel.Writer, target.Length, wraps.Period, row =>
        {
            code.OpenParts();
            kernel.Writer.Line($"{code.ValueType} v = {code.Constant(0)};");
            for (var n = 0; n < instruction.Operands.Length; n++)
            {
                var operand = instruction.Operands[n];
                string value = code.Load(operand.Buffer, row);
                value = kept[n] is null ? value : $"({value} & {code.Broadcast($"{kept[n]}[{(row.Variable)}]")})";
                value = distances[n] is null ? value : $"({value} << {distances[n]})";
                kernel.Writer.Line($"v {(operand.Negate ? "-" : "+")}= {value};");
            }

            terms.Write(kernel.Writer, "v");
            code.Store(instruction.Destination, row, "v");
            code.CloseParts();
        });
        kernel.CloseMethod();
    }

    // C# takes shift distances modulo the width: what is shifted out altogether is masked first.
    private static string? Kept(Kernel kernel, LaneCode code, AddOperand operand)
        => operand.Shifts.Any(shift => shift >= code.Lane.Bits)
            ? kernel.LocalTable(operand.Shifts.Select(shift => shift >= code.Lane.Bits ? 0L : -1L).ToArray())
            : null;
}
