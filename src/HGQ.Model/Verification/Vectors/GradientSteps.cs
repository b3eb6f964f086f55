using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Adds the slopes of an instruction's results to those of its operands.</summary>
/// <param name="values">Values of all buffers.</param>
/// <param name="slopes">Slopes of all buffers.</param>
internal delegate void BackwardStep(long[][] values, double[][] slopes);

/// <summary>The chain rule of each instruction.</summary>
internal sealed class GradientSteps : IInstructionVisitor<BackwardStep>
{
    // What passes where nothing moves: enough to show a direction, little enough not to outweigh what moves.
    private const double Leak = 0.05;

    private readonly IntegerProgram _program;

    public GradientSteps(IntegerProgram program) => _program = program;

    public BackwardStep VisitQuantizeInput(QuantizeInputInstruction instruction) => static (_, _) => { };

    public BackwardStep VisitGather(GatherInstruction instruction) => (_, slopes) =>
    {
        var results = slopes[instruction.Destination];
        for (var e = 0; e < results.Length; e++)
        {
            if (instruction.SourceOf[e] >= 0)
            {
                slopes[instruction.Sources[instruction.SourceOf[e]]][instruction.IndexOf[e]] += results[e];
            }
        }
    };

    public BackwardStep VisitConstantProduct(ConstantProductInstruction instruction) => (_, slopes) =>
    {
        double[] results = slopes[instruction.Destination], operands = slopes[instruction.Source];
        long[] weights = instruction.Weights.Items;
        int outputs = instruction.Outputs, taps = instruction.Taps;
        for (var e = 0; e < results.Length; e++)
        {
            if (results[e] == 0)
            {
                continue;
            }

            int output = e % outputs, group = e / outputs % instruction.Groups;
            int position = instruction.PositionOffsets[e / outputs / instruction.Groups];
            for (var t = 0; t < taps; t++)
            {
                long weight = weights[(((group * taps) + t) * outputs) + output];
                if (weight != 0)
                {
                    operands[position + instruction.TapOffsets[(group * taps) + t]] += weight * results[e];
                }
            }
        }
    };

    public BackwardStep VisitAdd(AddInstruction instruction) => (_, slopes) =>
    {
        var results = slopes[instruction.Destination];
        foreach (var operand in instruction.Operands)
        {
            for (var e = 0; e < results.Length; e++)
            {
                slopes[operand.Buffer][e] += (operand.Negate ? -results[e] : results[e]) * PowerOfTwo(operand.Shifts[e]);
            }
        }
    };

    public BackwardStep VisitProduct(ProductInstruction instruction) => (values, slopes) =>
    {
        var results = slopes[instruction.Destination];
        int rows = instruction.Rows, inner = instruction.Inner, columns = instruction.Columns;
        for (var e = 0; e < results.Length; e++)
        {
            int row = e / columns, first = row / rows * inner;
            for (var k = 0; k < inner && results[e] != 0; k++)
            {
                int left = (row * inner) + k, right = ((first + k) * columns) + (e % columns);
                slopes[instruction.Left][left] += results[e] * values[instruction.Right][right];
                slopes[instruction.Right][right] += results[e] * values[instruction.Left][left];
            }
        }
    };

    public BackwardStep VisitRequantize(RequantizeInstruction instruction)
    {
        var formats = _program.Buffers[instruction.Destination].Formats;
        return (values, slopes) =>
        {
            double[] results = slopes[instruction.Destination], operands = slopes[instruction.Source];
            for (var e = 0; e < results.Length; e++)
            {
                double slope = results[e] * PowerOfTwo(-instruction.Shifts[e]);
                double value = values[instruction.Source][e] * PowerOfTwo(-instruction.Shifts[e]);
                bool limited = instruction.Overflows[e] is not (OverflowAction.None or OverflowAction.Wrap)
                    && (value < (double)formats[e].MinRaw || value > (double)formats[e].MaxRaw);
                operands[e] += limited || (instruction.Relu && value < 0) ? slope * Leak : slope;
            }
        };
    }

    public BackwardStep VisitClamp(ClampInstruction instruction) => (values, slopes) =>
    {
        double[] results = slopes[instruction.Destination], operands = slopes[instruction.Source];
        for (var e = 0; e < results.Length; e++)
        {
            long value = values[instruction.Source][e];
            operands[e] += value < instruction.Low[e] || value > instruction.High[e] ? results[e] * Leak : results[e];
        }
    };

    public BackwardStep VisitTableLookup(TableLookupInstruction instruction)
    {
        var tables = instruction.TableOf.Select(table => _program.Tables[table]).ToArray();
        return (values, slopes) =>
        {
            double[] results = slopes[instruction.Destination], operands = slopes[instruction.Source];
            for (var e = 0; e < results.Length; e++)
            {
                operands[e] += results[e] == 0 ? 0 : results[e] * Slope(tables[e], values[instruction.Source][e]);
            }
        };
    }

    public BackwardStep VisitReduce(ReduceInstruction instruction) => (values, slopes) =>
    {
        double[] results = slopes[instruction.Destination], operands = slopes[instruction.Source];
        for (var e = 0; e < results.Length; e++)
        {
            for (var t = 0; t < instruction.Terms && results[e] != 0; t++)
            {
                int index = instruction.Indices[(e * instruction.Terms) + t];
                bool wins = values[instruction.Source][index] == values[instruction.Destination][e];
                operands[index] += wins ? results[e] : results[e] * Leak;
            }
        }
    };

    // Over an eighth of the table to each side: single steps of a table are often flat.
    private static double Slope(LookupTable table, long value)
    {
        int count = table.Entries.Length, reach = Math.Max(1, count / 8);
        long lowest = table.Input.Signed ? -count / 2 : 0, highest = lowest + count - 1;
        long from = Math.Max(lowest, Math.Min(highest, value - reach)), to = Math.Max(lowest, Math.Min(highest, value + reach));
        return from == to ? 0 : (table.Entries[(int)(to & (count - 1))] - (double)table.Entries[(int)(from & (count - 1))]) / (to - from);
    }

    private static double PowerOfTwo(int exponent) => Math.Pow(2, exponent);
}
