using System;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Layout;

/// <summary>
/// Chooses for each buffer after how many elements the types repeat (see <see cref="BufferWires"/>): the length where every
/// element is best a member of its own, the channels where a loop over positions reads or writes it, and 1 where all
/// elements have the same type anyway.
/// </summary>
internal sealed class PeriodPlanner : IInstructionVisitor<int>
{
    private const int ShortMap = 64;

    private readonly IntegerProgram _program;
    private readonly int[] _periods;

    private PeriodPlanner(IntegerProgram program)
    {
        _program = program;
        _periods = program.Buffers.Select(buffer => buffer.Length).ToArray();
    }

    /// <summary>The period of each buffer.</summary>
    public static int[] Plan(IntegerProgram program)
    {
        var planner = new PeriodPlanner(program);
        foreach (var instruction in program.Instructions)
        {
            var destination = instruction.Destination;
            planner.Require(destination, instruction.Accept(planner));
            if (IsUniform(program.Buffers[destination]))
            {
                planner._periods[destination] = 1;
            }
        }

        // What a loop reads has to be an array, whatever wrote it.
        foreach (var product in program.Instructions.OfType<ConstantProductInstruction>())
        {
            planner.Require(product.Source, product.PositionOffsets.Aggregate(0, (gcd, offset) => Gcd(gcd, offset - product.PositionOffsets[0])));
        }

        return planner._periods;
    }

    /// <summary>Whether all elements have the same type.</summary>
    public static bool IsUniform(ProgramBuffer buffer)
    {
        if (buffer.Length < 2 || buffer.Intervals[0].IsPoint)
        {
            return false;
        }

        var type = WireType.For(buffer.Intervals[0]);
        return buffer.Intervals.All(interval => !interval.IsPoint && WireType.For(interval) == type);
    }

    /// <inheritdoc/>
    public int VisitQuantizeInput(QuantizeInputInstruction instruction) => 0;

    /// <inheritdoc/>
    /// <remarks>A short map with constants is better written out: the constants are no wires then.</remarks>
    public int VisitGather(GatherInstruction instruction) =>
        instruction.Sources.Length == 1 && (instruction.Constants.Length == 0 || instruction.IndexOf.Length > ShortMap) ? Channels(instruction.Sources[0]) : 0;

    /// <inheritdoc/>
    public int VisitConstantProduct(ConstantProductInstruction instruction) => instruction.Positions > 1 ? instruction.Groups * instruction.Outputs : 0;

    /// <inheritdoc/>
    public int VisitAdd(AddInstruction instruction) => instruction.Operands.Select(operand => Channels(operand.Buffer)).Aggregate(0, Gcd);

    /// <inheritdoc/>
    public int VisitProduct(ProductInstruction instruction)
    {
        var left = Channels(instruction.Left);
        return left == 0 ? 0 : instruction.Inner == 1 && instruction.Columns == 1 ? Gcd(left, Channels(instruction.Right)) : instruction.Columns;
    }

    /// <inheritdoc/>
    public int VisitRequantize(RequantizeInstruction instruction)
    {
        var channels = Channels(instruction.Source);
        return channels != 0 && Repeats(instruction.Shifts, channels) && Repeats(instruction.Roundings, channels)
            && Repeats(instruction.Overflows, channels) && Repeats(_program.Buffers[instruction.Destination].Formats, channels) ? channels : 0;
    }

    /// <inheritdoc/>
    public int VisitClamp(ClampInstruction instruction) => Channels(instruction.Source);

    /// <inheritdoc/>
    public int VisitTableLookup(TableLookupInstruction instruction) => Channels(instruction.Source);

    /// <inheritdoc/>
    public int VisitReduce(ReduceInstruction instruction) => Channels(instruction.Source);

    private static bool Repeats<T>(Model.EquatableArray<T> values, int period) where T : notnull => Repetition.Holds(values, period);

    private static int Gcd(int a, int b) => b == 0 ? Math.Abs(a) : Gcd(b, a % b);

    /// <summary>Channels of a buffer that is kept as arrays, 0 of one that is not.</summary>
    private int Channels(int buffer) => _periods[buffer] < _program.Buffers[buffer].Length ? _periods[buffer] : 0;

    private void Require(int buffer, int divisor)
    {
        if (divisor != 0)
        {
            _periods[buffer] = Gcd(_periods[buffer], divisor);
        }
    }
}
