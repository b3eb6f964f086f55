using System;
using System.Linq;

namespace HGQ.Model.Program;

/// <summary>The buffers an instruction reads.</summary>
public sealed class InstructionSources : IInstructionVisitor<int[]>
{
    private static readonly InstructionSources Visitor = new();

    private InstructionSources()
    {
    }

    /// <summary>Buffers read by <paramref name="instruction"/>, in order; a buffer read twice stands twice.</summary>
    public static int[] Of(Instruction instruction) => instruction.Accept(Visitor);

    /// <inheritdoc/>
    public int[] VisitQuantizeInput(QuantizeInputInstruction instruction) => Array.Empty<int>();

    /// <inheritdoc/>
    public int[] VisitGather(GatherInstruction instruction) => instruction.Sources.ToArray();

    /// <inheritdoc/>
    public int[] VisitConstantProduct(ConstantProductInstruction instruction) => new[] { instruction.Source };

    /// <inheritdoc/>
    public int[] VisitAdd(AddInstruction instruction) => instruction.Operands.Select(operand => operand.Buffer).ToArray();

    /// <inheritdoc/>
    public int[] VisitProduct(ProductInstruction instruction) => new[] { instruction.Left, instruction.Right };

    /// <inheritdoc/>
    public int[] VisitRequantize(RequantizeInstruction instruction) => new[] { instruction.Source };

    /// <inheritdoc/>
    public int[] VisitClamp(ClampInstruction instruction) => new[] { instruction.Source };

    /// <inheritdoc/>
    public int[] VisitTableLookup(TableLookupInstruction instruction) => new[] { instruction.Source };

    /// <inheritdoc/>
    public int[] VisitReduce(ReduceInstruction instruction) => new[] { instruction.Source };
}
