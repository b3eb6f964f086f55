using System;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Roughly how many steps of arithmetic the interpreter takes for an instruction.</summary>
internal static class InstructionCost
{
    public static long Of(IntegerProgram program, Instruction instruction)
        => program.Buffers[instruction.Destination].Length * OfElement(instruction);

    private static long OfElement(Instruction instruction) => instruction switch
    {
        ConstantProductInstruction product => 1L + product.Taps,
        ProductInstruction product => 1L + product.Inner,
        ReduceInstruction reduce => 1L + reduce.Terms,
        QuantizeInputInstruction or GatherInstruction or AddInstruction or RequantizeInstruction or ClampInstruction
            or TableLookupInstruction => 4L,
        _ => throw new InvalidOperationException($"There is no instruction {instruction.GetType().Name}."),
    };
}
