using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>The machine integers that buffers are stored as.</summary>
internal sealed class BufferTypes
{
    private readonly LaneType[] _types;

    public BufferTypes(IntegerProgram program) => _types = program.Buffers.Select(buffer => LaneType.For(buffer.StorageBits)).ToArray();

    /// <summary>The type of a buffer's elements.</summary>
    public LaneType this[int buffer] => _types[buffer];
}
