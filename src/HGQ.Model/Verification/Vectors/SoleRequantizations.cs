using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Finds buffers that are read by nothing but a requantization: what it drops of their elements is seen nowhere.</summary>
internal static class SoleRequantizations
{
    /// <summary>Of each buffer the steps of its only reader, an element each, or null.</summary>
    public static RequantizeStep[]?[] Of(IntegerProgram program)
    {
        var found = new RequantizeStep[]?[program.Buffers.Length];
        var outputs = new HashSet<int>(program.Outputs.Select(output => output.Buffer));
        foreach (var reader in program.Instructions.OfType<RequantizeInstruction>().Where(r => !outputs.Contains(r.Source)))
        {
            if (program.Instructions.Count(other => InstructionSources.Of(other).Contains(reader.Source)) == 1)
            {
                found[reader.Source] = RequantizeStep.Of(program, reader);
            }
        }

        return found;
    }
}
