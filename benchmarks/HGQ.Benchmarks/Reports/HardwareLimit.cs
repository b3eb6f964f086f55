using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// The fewest vector instructions that one sample of a model needs, zero weights skipped and nothing shared between neurons, and the
/// time they take on two ports: what no code for such a machine can be much below without fewer operations.
/// </summary>
internal static class HardwareLimit
{
    // One instruction multiplies bytes four a lane of 32 bits and adds them up: the most there is without a matrix unit.
    private const int ProductsBits = 8;

    // Shift, mask, limit at zero: three instructions on 16-bit lanes for each quantized element.
    private const int QuantizeInstructions = 3;

    // Multiplication by the power of two, conversion to integers, two limits, on 32-bit lanes for each real input.
    private const int InputInstructions = 4;

    /// <summary>Vector instructions that the processor begins in a cycle.</summary>
    public const double Ports = 2;

    /// <summary>Prints a row for a model.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="program">Its operations.</param>
    /// <param name="vectorBits">Bits of a vector.</param>
    /// <param name="gigahertz">Clock of the processor.</param>
    /// <param name="output">Where to.</param>
    public static void Print(string name, IntegerProgram program, int vectorBits, double gigahertz, TextWriter output)
    {
        double products = program.Instructions.Sum(Products), elements = Quantized(program.Instructions) + Comparisons(program, program.Instructions);
        double fewest = Fewest(program, program.Instructions, vectorBits), adds = products * (16 - ProductsBits) / vectorBits;
        double input = program.InputSize * InputInstructions * 32.0 / vectorBits;
        string Nanoseconds(double instructions) => (instructions / Ports / gigahertz).ToString("F1", CultureInfo.InvariantCulture);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {vectorBits} | {products:N0} | {elements:N0} | {fewest:F0} + {input:F0} | {Nanoseconds(fewest)} | {Nanoseconds(fewest + input)} | {Nanoseconds(fewest + adds + input)} |"));
    }

    /// <summary>The fewest vector instructions for some operations of a program, products four bytes a lane.</summary>
    public static double Fewest(IntegerProgram program, IReadOnlyCollection<Instruction> instructions, int vectorBits)
        => ((instructions.Sum(Products) * ProductsBits) + (((Quantized(instructions) * QuantizeInstructions) + Comparisons(program, instructions)) * 16)) / vectorBits;

    private static double Products(Instruction instruction)
        => instruction is ConstantProductInstruction product ? (double)product.Positions * product.Weights.Count(weight => weight != 0) : 0;

    private static double Quantized(IEnumerable<Instruction> instructions)
        => instructions.OfType<RequantizeInstruction>().Sum(instruction => instruction.Shifts.Length);

    private static double Comparisons(IntegerProgram program, IEnumerable<Instruction> instructions)
        => instructions.OfType<ReduceInstruction>().Sum(reduce => (double)program.Buffers[reduce.Destination].Length * (reduce.Terms - 1));
}
