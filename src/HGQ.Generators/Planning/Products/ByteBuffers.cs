using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Products;

/// <summary>
/// Which buffers the vector kernels of one sample hold as bytes: those that only products of fours of bytes write and read.
/// </summary>
internal sealed class ByteBuffers
{
    private readonly IntegerProgram _program;
    private readonly HashSet<int> _bytes;

    /// <summary>Finds the buffers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="quads">Those that are products of fours of bytes.</param>
    public ByteBuffers(IntegerProgram program, IReadOnlyList<ProgramStep> steps, ISet<ProgramStep> quads)
    {
        _program = program;
        var readByOthers = new HashSet<int>(steps.Where(step => !quads.Contains(step)).SelectMany(step => InstructionSources.Of(step.Instruction))
            .Concat(program.Outputs.Select(output => output.Buffer)));
        var readByQuads = new HashSet<int>(quads.SelectMany(step => InstructionSources.Of(step.Instruction)));
        var written = quads.Select(step => step.Destination);
        _bytes = new HashSet<int>(written.Where(buffer => readByQuads.Contains(buffer) && !readByOthers.Contains(buffer)));
    }

    /// <summary>Whether the buffer holds bytes.</summary>
    public bool IsBytes(int buffer) => _bytes.Contains(buffer);

    /// <summary>The offsets of a buffer's elements, or null where all are 0. An element that does not fit has no reader here.</summary>
    public int[]? Offsets(int buffer)
    {
        int[] offsets = _program.Buffers[buffer].Intervals.Select(interval => ByteOperand.OffsetOf(interval) ?? 0).ToArray();
        return offsets.All(offset => offset == 0) ? null : offsets;
    }
}
