using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>
/// What one group of generated methods computes: an instruction, or a constant product with the requantize that is its only reader.
/// </summary>
/// <param name="Instruction">The instruction, or the constant product.</param>
/// <param name="Requantize">The requantize that follows a constant product in registers, or null.</param>
internal sealed record ProgramStep(Instruction Instruction, RequantizeInstruction? Requantize)
{
    public int Destination => Requantize?.Destination ?? Instruction.Destination;

    public string Layer => Requantize?.Layer ?? Instruction.Layer;

    /// <summary>All instructions but input quantization, in order.</summary>
    public static ProgramStep[] Of(IntegerProgram program)
    {
        var readers = CountReaders(program);
        var products = program.Instructions.OfType<ConstantProductInstruction>().ToDictionary(product => product.Destination);
        var steps = new List<ProgramStep>();
        foreach (var instruction in program.Instructions.Where(i => i is not QuantizeInputInstruction))
        {
            if (instruction is RequantizeInstruction requantize
                && readers[requantize.Source] == 1
                && products.TryGetValue(requantize.Source, out var product)
                && Repeats(program, requantize, product))
            {
                steps.RemoveAll(step => ReferenceEquals(step.Instruction, product));
                steps.Add(new ProgramStep(product, requantize));
            }
            else
            {
                steps.Add(new ProgramStep(instruction, null));
            }
        }

        return steps.ToArray();
    }

    // One kernel serves all positions: what follows it must not depend on the position.
    private static bool Repeats(IntegerProgram program, RequantizeInstruction requantize, ConstantProductInstruction product)
    {
        int outputs = product.Groups * product.Outputs;
        var target = program.Buffers[requantize.Destination];
        for (int e = outputs; e < target.Length; e++)
        {
            int j = e % outputs;
            if (requantize.Shifts[e] != requantize.Shifts[j]
                || requantize.Roundings[e] != requantize.Roundings[j]
                || requantize.Overflows[e] != requantize.Overflows[j]
                || target.Formats[e] != target.Formats[j]
                || target.Intervals[e] != target.Intervals[j])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] CountReaders(IntegerProgram program)
    {
        var readers = new int[program.Buffers.Length];
        foreach (int source in program.Instructions.SelectMany(InstructionSources.Of).Concat(program.Outputs.Select(output => output.Buffer)))
        {
            readers[source]++;
        }

        return readers;
    }
}
