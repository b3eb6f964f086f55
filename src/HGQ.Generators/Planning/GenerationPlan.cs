using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning;

/// <summary>Everything that is decided about a generated class, decided once. Printers read it.</summary>
/// <param name="Program">The program.</param>
/// <param name="Steps">What is computed, in order.</param>
/// <param name="Single">The kernel for one sample.</param>
/// <param name="Blocks">The kernels for blocks of samples, the narrowest first.</param>
/// <param name="Inputs">How blocks read their inputs.</param>
/// <param name="Storage">Where everything lies.</param>
/// <param name="Groups">How many blocks are computed at once where there are enough samples, most first; empty where it is always
/// one.</param>
internal sealed record GenerationPlan(
    IntegerProgram Program,
    ProgramStep[] Steps,
    KernelPlan Single,
    KernelPlan[] Blocks,
    InputPlan Inputs,
    StoragePlan Storage,
    int[] Groups)
{
    private static readonly int[] GroupsOfBlocks = { 4, 2 };
    private static readonly int[] GroupsOfLookups = { 8, 4, 2 };

    /// <summary>All kernels in the order in which they are written.</summary>
    public IEnumerable<KernelPlan> Kernels => new[] { Single }.Concat(Blocks);

    /// <summary>Plans a class.</summary>
    public static GenerationPlan Of(IntegerProgram program)
    {
        var steps = ProgramStep.Of(program);
        var types = new BufferTypes(program);
        var facts = steps.Where(step => step.Instruction is ConstantProductInstruction)
            .ToDictionary(step => step, step => new ProductFacts(program, types, step));
        var single = new KernelPlan(program, steps, facts, KernelShape.Single);
        var blocks = Array.ConvertAll(KernelShape.Blocks, shape => new KernelPlan(program, steps, facts, shape));
        var inputs = InputPlan.Of(program, types, blocks[2], blocks[1]);
        int[] groups = !blocks[2].TakesGroups ? Array.Empty<int>() : inputs.Bits.Count > 0 ? GroupsOfLookups : GroupsOfBlocks;
        var needs = facts.Keys.ToDictionary(
            step => step,
            step => blocks.Append(single).Select(kernel => kernel.Of(step)).Append(single.SampleOf(step))
                .Aggregate(ProductMemory.None, (memory, strategy) => strategy is null ? memory : memory.Or(strategy.Memory)));
        return new GenerationPlan(program, steps, single, blocks, inputs, new StoragePlan(program, steps, types, needs), groups);
    }
}
