using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Program;

/// <content>The rules of each instruction.</content>
public sealed partial class ProgramVerifier
{
    /// <inheritdoc/>
    public bool VisitQuantizeInput(QuantizeInputInstruction instruction)
    {
        var destination = Destination(instruction);
        Require(instruction.Input >= 0 && instruction.Input < _program.Inputs.Length, instruction, "its input port does not exist");
        Require(_program.Inputs[instruction.Input].Shape.Size == destination.Length, instruction, "its port has another size");
        Require(instruction.Overflow != OverflowMode.WrapSignMagnitude, instruction, "WrapSignMagnitude is not implemented");
        Require(
            Enum.IsDefined(typeof(OverflowMode), instruction.Overflow),
            instruction,
            FormattableString.Invariant($"there is no overflow mode {instruction.Overflow}"));
        for (var e = 0; e < destination.Length; e++)
        {
            // Raw inference takes any code, whatever the overflow.
            RequireInterval(instruction, e, destination.Formats[e].RawInterval);
        }

        RequireRounding(instruction, instruction.Rounding);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitGather(GatherInstruction instruction)
    {
        var destination = Destination(instruction);
        Require(
            instruction.SourceOf.Length == destination.Length
                && instruction.IndexOf.Length == destination.Length
                && (instruction.Constants.Length == destination.Length || instruction.SourceOf.All(source => source >= 0)),
            instruction,
            "its maps have another length than its destination");
        for (var e = 0; e < destination.Length; e++)
        {
            if (instruction.SourceOf[e] < 0)
            {
                var format = destination.Formats[e];
                RequireInterval(instruction, e, RawInterval.Point(format.IsZero ? 0 : format.FromStorage(instruction.Constants[e])));
                continue;
            }

            Require(instruction.SourceOf[e] < instruction.Sources.Length, instruction, "it has fewer sources than its map names");
            var source = _program.Buffers[instruction.Sources[instruction.SourceOf[e]]];
            Require(instruction.IndexOf[e] >= 0 && instruction.IndexOf[e] < source.Length, instruction, "an index is outside its source");
            RequireInterval(instruction, e, source.Intervals[instruction.IndexOf[e]]);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitConstantProduct(ConstantProductInstruction instruction)
    {
        var destination = Destination(instruction);
        int outputs = instruction.Groups * instruction.Outputs;
        Require(destination.Length == instruction.Positions * outputs, instruction, "its destination has another size");
        Require(
            instruction.PositionOffsets.Length == instruction.Positions
                && instruction.TapOffsets.Length == instruction.Groups * instruction.Taps
                && instruction.Weights.Length == instruction.TapOffsets.Length * instruction.Outputs
                && instruction.Bias.Length == outputs,
            instruction,
            "its arrays do not have the sizes of its geometry");
        var sums = new RangeSum[outputs];
        for (var j = 0; j < outputs; j++)
        {
            sums[j].Add(instruction.Bias[j]);
        }

        for (var gt = 0; gt < instruction.TapOffsets.Length; gt++)
        {
            AddTap(instruction, gt, sums);
        }

        for (var j = 0; j < outputs; j++)
        {
            for (int e = j; e < destination.Length; e += outputs)
            {
                Require(destination.Formats[e] == destination.Formats[j], instruction, "its formats depend on the position");
                if (e == j || destination.Intervals[e] != destination.Intervals[j])
                {
                    RequireSum(instruction, e, sums[j].Interval);
                }
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitAdd(AddInstruction instruction)
    {
        var destination = Destination(instruction);
        foreach (var operand in instruction.Operands)
        {
            Require(
                _program.Buffers[operand.Buffer].Length == destination.Length && operand.Shifts.Length == destination.Length,
                instruction,
                "an operand has another length");
        }

        for (var e = 0; e < destination.Length; e++)
        {
            var sum = RawInterval.Point(BigInteger.Zero);
            foreach (var operand in instruction.Operands)
            {
                var term = _program.Buffers[operand.Buffer].Intervals[e].ShiftLeft(operand.Shifts[e]);
                sum = operand.Negate ? sum - term : sum + term;
            }

            RequireSum(instruction, e, sum);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitProduct(ProductInstruction instruction)
    {
        ProgramBuffer left = _program.Buffers[instruction.Left], right = _program.Buffers[instruction.Right], destination = Destination(instruction);
        int rows = instruction.Batch * instruction.Rows, columns = instruction.Columns, inner = instruction.Inner;
        Require(
            left.Length == rows * inner && right.Length == instruction.Batch * inner * columns && destination.Length == rows * columns,
            instruction,
            "its operands do not have the sizes of the product");
        for (var e = 0; e < destination.Length; e++)
        {
            int row = e / columns, first = row / instruction.Rows * inner;
            var sum = RawInterval.Point(BigInteger.Zero);
            for (var k = 0; k < inner; k++)
            {
                sum += left.Intervals[(row * inner) + k] * right.Intervals[((first + k) * columns) + (e % columns)];
            }

            RequireSum(instruction, e, sum);
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitRequantize(RequantizeInstruction instruction)
    {
        ProgramBuffer source = _program.Buffers[instruction.Source], destination = Destination(instruction);
        Require(
            source.Length == destination.Length
                && instruction.Shifts.Length == destination.Length
                && instruction.Roundings.Length == destination.Length
                && instruction.Overflows.Length == destination.Length,
            instruction,
            "its arrays have another length than its destination");
        for (var e = 0; e < destination.Length; e++)
        {
            Require(instruction.Shifts[e] is >= -64 and <= 64, instruction, "a shift is outside [-64, 64]");
            RequireRounding(instruction, instruction.Roundings[e]);
            var interval = instruction.Relu ? source.Intervals[e].ClampLow() : source.Intervals[e];
            CheckStep(instruction, e, interval.Quantize(instruction.Shifts[e], instruction.Roundings[e]));
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitClamp(ClampInstruction instruction)
    {
        ProgramBuffer source = _program.Buffers[instruction.Source], destination = Destination(instruction);
        Require(
            source.Length == destination.Length && instruction.Low.Length == destination.Length && instruction.High.Length == destination.Length,
            instruction,
            "its arrays have another length than its destination");
        for (var e = 0; e < destination.Length; e++)
        {
            RequireInterval(instruction, e, source.Intervals[e].ClampLow(instruction.Low[e]).ClampHigh(instruction.High[e]));
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitTableLookup(TableLookupInstruction instruction)
    {
        ProgramBuffer source = _program.Buffers[instruction.Source], destination = Destination(instruction);
        Require(
            source.Length == destination.Length && instruction.TableOf.Length == destination.Length,
            instruction,
            "its arrays have another length than its destination");
        for (var e = 0; e < destination.Length; e++)
        {
            Require(instruction.TableOf[e] >= 0 && instruction.TableOf[e] < _program.Tables.Length, instruction, "a table does not exist");
            var table = _program.Tables[instruction.TableOf[e]];
            Require(table.Input.IsZero ? table.Entries.Length == 1 : table.Entries.Length == 1 << table.Input.Width, instruction, "a table has another size than its index");
            Require(source.Formats[e] == table.Input || (source.Formats[e].IsZero && table.Input.IsZero), instruction, "an index has another format than its table");
            RequireInterval(instruction, e, table.ResultsOf(source.Intervals[e]));
        }

        return true;
    }

    /// <inheritdoc/>
    public bool VisitReduce(ReduceInstruction instruction)
    {
        ProgramBuffer source = _program.Buffers[instruction.Source], destination = Destination(instruction);
        Require(
            instruction.Terms > 0 && instruction.Indices.Length == destination.Length * instruction.Terms,
            instruction,
            "its lists have another size than its destination");
        Require(instruction.Kind != ReductionKind.Sum, instruction, "a sum is a constant product");
        foreach (int index in instruction.Indices)
        {
            Require(index >= 0 && index < source.Length, instruction, "an index is outside its source");
        }

        for (var e = 0; e < destination.Length; e++)
        {
            var terms = instruction.Indices.Skip(e * instruction.Terms).Take(instruction.Terms).Select(index => source.Intervals[index]);
            RequireInterval(
                instruction, e, terms.Aggregate((left, right) => instruction.Kind == ReductionKind.Max ? left.Max(right) : left.Min(right)));
        }

        return true;
    }

    private void AddTap(ConstantProductInstruction instruction, int gt, RangeSum[] sums)
    {
        var source = _program.Buffers[instruction.Source];
        RawInterval? range = null;
        foreach (int offset in instruction.PositionOffsets)
        {
            int index = offset + instruction.TapOffsets[gt];
            Require(index >= 0 && index < source.Length, instruction, "an offset is outside its source");
            range = range is { } known ? (known == source.Intervals[index] ? known : known.Union(source.Intervals[index])) : source.Intervals[index];
        }

        int first = gt / instruction.Taps * instruction.Outputs;
        for (var o = 0; o < instruction.Outputs; o++)
        {
            long weight = instruction.Weights[(gt * instruction.Outputs) + o];
            if (weight != 0)
            {
                sums[first + o].Add(weight, range!.Value);
            }
        }
    }

    private void RequireRounding(Instruction instruction, RoundingMode rounding) => Require(
        rounding is >= RoundingMode.Truncate and <= RoundingMode.RoundHalfEven,
        instruction,
        FormattableString.Invariant($"there is no rounding {rounding}"));

    private void CheckStep(RequantizeInstruction instruction, int e, RawInterval rounded)
    {
        var destination = Destination(instruction);
        var format = destination.Formats[e];
        var declared = destination.Intervals[e];
        Require(
            Enum.IsDefined(typeof(OverflowAction), instruction.Overflows[e]),
            instruction,
            FormattableString.Invariant($"element {e} has the overflow action {instruction.Overflows[e]}, which there is not"));

        // A known value needs no step that leads to it (0.4): a sum of which only low bits are kept no longer tells it, nor does a shift
        // that was cut.
        RawInterval source = _program.Buffers[instruction.Source].Intervals[e];
        bool mayBeReduced = !source.IsPoint && source == _program.Buffers[instruction.Source].Formats[e].RawInterval;
        if (!declared.IsPoint || !(format.IsZero || mayBeReduced || instruction.Shifts[e] is -64 or 64))
        {
            RequireInterval(instruction, e, Result(instruction, e, rounded));
        }
    }

    private RawInterval Result(RequantizeInstruction instruction, int e, RawInterval rounded)
    {
        var format = Destination(instruction).Formats[e];
        var action = instruction.Overflows[e];
        if (action == OverflowAction.Wrap && (rounded.IsPoint || format.RawInterval.Contains(rounded)))
        {
            return rounded.IsPoint ? RawInterval.Point(FixedPointArithmetic.Overflow(rounded.Low, format, OverflowMode.Wrap)) : rounded;
        }

        return OverflowRange.After(rounded, format, action);
    }
}
