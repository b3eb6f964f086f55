using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Interpretation;

/// <summary>
/// Turns each instruction into an action on the buffers. Sums are formed modulo 2^64, which is exact: a result has at most 64
/// bits, and one that was reduced modulo 2^W on purpose depends on the low bits only.
/// </summary>
internal sealed class InstructionExecution : IInstructionVisitor<Action<long[][]>>
{
    private readonly IntegerProgram _program;

    public InstructionExecution(IntegerProgram program) => _program = program;

    public Action<long[][]> VisitQuantizeInput(QuantizeInputInstruction instruction)
        => throw new InvalidOperationException("input ports are loaded by the interpreter itself");

    public Action<long[][]> VisitGather(GatherInstruction instruction)
    {
        int[] sources = instruction.Sources.Items, sourceOf = instruction.SourceOf.Items, indexOf = instruction.IndexOf.Items;
        long[] constants = instruction.Constants.Items;
        int destination = instruction.Destination;
        return buffers =>
        {
            var target = buffers[destination];
            for (var e = 0; e < target.Length; e++)
            {
                target[e] = sourceOf[e] < 0 ? constants[e] : buffers[sources[sourceOf[e]]][indexOf[e]];
            }
        };
    }

    public Action<long[][]> VisitConstantProduct(ConstantProductInstruction instruction) => ConstantProductExecution.Of(_program, instruction);

    public Action<long[][]> VisitAdd(AddInstruction instruction)
    {
        var operands = instruction.Operands.Items;
        var wraps = Wraps(instruction.Destination);
        return buffers =>
        {
            var target = buffers[instruction.Destination];
            for (var e = 0; e < target.Length; e++)
            {
                long sum = 0;
                foreach (var operand in operands)
                {
                    // C# takes shifts modulo 64; a longer one leaves nothing of a 64-bit result.
                    int shift = operand.Shifts[e];
                    long term = shift < 64 ? buffers[operand.Buffer][e] << shift : 0;
                    sum = unchecked(operand.Negate ? sum - term : sum + term);
                }

                target[e] = wraps[e].Apply(sum);
            }
        };
    }

    public Action<long[][]> VisitProduct(ProductInstruction instruction)
    {
        int rows = instruction.Rows, inner = instruction.Inner, columns = instruction.Columns;
        var wraps = Wraps(instruction.Destination);
        return buffers =>
        {
            long[] left = buffers[instruction.Left], right = buffers[instruction.Right], target = buffers[instruction.Destination];
            for (var e = 0; e < target.Length; e++)
            {
                int row = e / columns, first = row / rows * inner;
                long sum = 0;
                for (var k = 0; k < inner; k++)
                {
                    sum = unchecked(sum + (left[(row * inner) + k] * right[((first + k) * columns) + (e % columns)]));
                }

                target[e] = wraps[e].Apply(sum);
            }
        };
    }

    public Action<long[][]> VisitRequantize(RequantizeInstruction instruction)
    {
        var steps = RequantizeStep.Of(_program, instruction);
        return buffers =>
        {
            long[] source = buffers[instruction.Source], target = buffers[instruction.Destination];
            for (var e = 0; e < steps.Length; e++)
            {
                target[e] = steps[e].Apply(source[e]);
            }
        };
    }

    public Action<long[][]> VisitClamp(ClampInstruction instruction)
    {
        long[] low = instruction.Low.Items, high = instruction.High.Items;
        var source = _program.Buffers[instruction.Source];
        return buffers =>
        {
            long[] from = buffers[instruction.Source], target = buffers[instruction.Destination];
            for (var e = 0; e < target.Length; e++)
            {
                // Only an unsigned 64-bit number reads negative here though it is above every limit.
                bool huge = from[e] < 0 && !source.Formats[e].Signed;
                target[e] = huge ? high[e] : Math.Min(Math.Max(from[e], low[e]), high[e]);
            }
        };
    }

    public Action<long[][]> VisitTableLookup(TableLookupInstruction instruction)
    {
        var tables = instruction.TableOf.Select(table => _program.Tables[table].Entries.Items).ToArray();
        return buffers =>
        {
            long[] source = buffers[instruction.Source], target = buffers[instruction.Destination];
            for (var e = 0; e < target.Length; e++)
            {
                target[e] = tables[e][(int)(source[e] & (tables[e].Length - 1))];
            }
        };
    }

    public Action<long[][]> VisitReduce(ReduceInstruction instruction)
    {
        int[] indices = instruction.Indices.Items;
        var formats = _program.Buffers[instruction.Source].Formats.Items;
        int sign = instruction.Kind == ReductionKind.Max ? 1 : -1, terms = instruction.Terms;
        return buffers =>
        {
            long[] source = buffers[instruction.Source], target = buffers[instruction.Destination];
            for (var e = 0; e < target.Length; e++)
            {
                int best = indices[e * terms];
                for (var t = 1; t < terms; t++)
                {
                    int other = indices[(e * terms) + t];
                    best = sign * Compare(source, formats, other, best) > 0 ? other : best;
                }

                target[e] = source[best];
            }
        };
    }

    // Storage compares as signed numbers, but an unsigned 64-bit one with its top bit set is above all others.
    private static int Compare(long[] values, FixedPointFormat[] formats, int left, int right)
    {
        bool leftHuge = values[left] < 0 && !formats[left].Signed, rightHuge = values[right] < 0 && !formats[right].Signed;
        return leftHuge == rightHuge ? values[left].CompareTo(values[right]) : leftHuge ? 1 : -1;
    }

    private WrapStep[] Wraps(int buffer) => _program.Buffers[buffer].Formats.Select(format => new WrapStep(format)).ToArray();
}
