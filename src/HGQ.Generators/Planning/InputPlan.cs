using System.Collections.Generic;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning;

/// <summary>How the kernels of blocks read their inputs, where it is not as rows of elements.</summary>
/// <param name="BytePairs">Buffers of ports that are read as pairs of bytes.</param>
/// <param name="Bits">Buffers of ports that are read as bits.</param>
internal sealed record InputPlan(IReadOnlyDictionary<int, BytePairInput> BytePairs, IReadOnlyDictionary<int, BitInput> Bits)
{
    /// <summary>The inputs of the two wider kernels; what the widest reads packed, the narrower ones do as well.</summary>
    public static InputPlan Of(IntegerProgram program, BufferTypes types, KernelPlan widest, KernelPlan narrower)
    {
        var pairs = narrower.BytePairInputs(program, types);
        foreach (var input in widest.BytePairInputs(program, types))
        {
            pairs[input.Key] = input.Value;
        }

        return new InputPlan(pairs, widest.BitInputs());
    }

    /// <summary>Whether the packed rows of a buffer are there when a block's kernel begins.</summary>
    public bool IsPacked(int buffer, KernelShape shape)
        => shape.IsVector && BytePairs.TryGetValue(buffer, out var input) && input.MostLanes >= shape.Lanes;
}
