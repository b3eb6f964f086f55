using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The C++ of each instruction; a new instruction does not compile until it has one.</summary>
internal sealed class InstructionKernels(KernelContext context) : IInstructionVisitor<bool>
{
    /// <inheritdoc/>
    public bool VisitQuantizeInput(QuantizeInputInstruction instruction)
    {
        InputPortKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitGather(GatherInstruction instruction)
    {
        GatherKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitConstantProduct(ConstantProductInstruction instruction)
    {
        ConstantProductKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitAdd(AddInstruction instruction)
    {
        AddKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitProduct(ProductInstruction instruction)
    {
        ProductKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitRequantize(RequantizeInstruction instruction)
    {
        RequantizeKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitClamp(ClampInstruction instruction)
    {
        ClampKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitTableLookup(TableLookupInstruction instruction)
    {
        TableLookupKernel.Emit(context, instruction);
        return true;
    }

    /// <inheritdoc/>
    public bool VisitReduce(ReduceInstruction instruction)
    {
        ReduceKernel.Emit(context, instruction);
        return true;
    }
}
