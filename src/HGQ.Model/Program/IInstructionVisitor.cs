namespace HGQ.Model.Program;

/// <summary>One method per instruction: a new instruction is a compile error in every back end.</summary>
/// <typeparam name="T">What a visit answers.</typeparam>
public interface IInstructionVisitor<out T>
{
    /// <summary>Visits a <see cref="QuantizeInputInstruction"/>.</summary>
    T VisitQuantizeInput(QuantizeInputInstruction instruction);

    /// <summary>Visits a <see cref="GatherInstruction"/>.</summary>
    T VisitGather(GatherInstruction instruction);

    /// <summary>Visits a <see cref="ConstantProductInstruction"/>.</summary>
    T VisitConstantProduct(ConstantProductInstruction instruction);

    /// <summary>Visits a <see cref="AddInstruction"/>.</summary>
    T VisitAdd(AddInstruction instruction);

    /// <summary>Visits a <see cref="ProductInstruction"/>.</summary>
    T VisitProduct(ProductInstruction instruction);

    /// <summary>Visits a <see cref="RequantizeInstruction"/>.</summary>
    T VisitRequantize(RequantizeInstruction instruction);

    /// <summary>Visits a <see cref="ClampInstruction"/>.</summary>
    T VisitClamp(ClampInstruction instruction);

    /// <summary>Visits a <see cref="TableLookupInstruction"/>.</summary>
    T VisitTableLookup(TableLookupInstruction instruction);

    /// <summary>Visits a <see cref="ReduceInstruction"/>.</summary>
    T VisitReduce(ReduceInstruction instruction);
}
