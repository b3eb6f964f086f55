using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Strategies;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Inputs;

/// <summary>
/// An input of few bits whose only reader is a large constant product: blocks read it as words of bits, and look the product's sums
/// up (<see cref="BitLookupBlock"/>).
/// </summary>
/// <param name="Port">The conversion of the input.</param>
/// <param name="Rows">Rows of bytes that samples pass through where their bits are not found at once.</param>
internal sealed record BitInput(QuantizeInputInstruction Port, ByteRows Rows)
{
    /// <summary>The input that a product reads, or null where it is none of this kind.</summary>
    public static BitInput? Of(IntegerProgram program, ConstantProductInstruction product)
    {
        int source = product.Source;
        var ports = program.CodePorts.Where(port => port.Destination == source).ToArray();
        if (product.Positions != 1 || product.PositionOffsets[0] != 0 || product.Groups != 1 || ports.Length != 1
            || product.TapOffsets.Distinct().Count() != product.TapOffsets.Length
            || program.Instructions.Count(instruction => InstructionSources.Of(instruction).Contains(source)) != 1
            || program.Outputs.Any(output => output.Buffer == source)
            || LaneType.For(program.Buffers[source].StorageBits) != LaneType.Int16)
        {
            return null;
        }

        var formats = program.Buffers[source].Formats;
        bool narrow = formats.Sum(format => (double)format.Width) <= CostModel.MostBitsOfLookups * formats.Length && formats.Any(format => !format.IsZero);
        return narrow && ByteRows.Holding(program, ports[0]) is { } rows
            && (ByteRows.Of(program, ports[0]) is not null || BitThresholds.Of(program, ports[0]) is not null) ? new BitInput(ports[0], rows) : null;
    }

    /// <summary>Bytes of the indices of two samples, for a block of any width.</summary>
    public static int IndexBytes(IntegerProgram program, ConstantProductInstruction product)
    {
        var formats = program.Buffers[product.Source].Formats;
        return 2 * KernelShape.Blocks.Max(shape => BitWords.Of(formats, shape.Machine) is var words ? words.Count * words.Indices : 0);
    }
}
