using System.Linq;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Inputs;

/// <summary>
/// Rows of bytes in which the codes of a block's samples wait to be transposed, where all codes of a large input fit a byte: whole
/// samples are read from beginning to end, and stay in the first-level cache.
/// </summary>
/// <param name="Signed">Whether the bytes are signed.</param>
/// <param name="Stride">Bytes from one sample to the next.</param>
internal sealed record ByteRows(bool Signed, int Stride)
{
    private const int CacheLine = 64;

    /// <summary>The rows of a port, or null where it has none.</summary>
    public static ByteRows? Of(IntegerProgram program, QuantizeInputInstruction port)
    {
        var formats = program.Buffers[port.Destination].Formats.ToArray();
        var standardization = program.Inputs[port.Input].Standardization;
        bool vectors = standardization is null ? SaturatedReals.Takes(formats, port) : StandardizedReals.Of(formats, port, standardization, "float") is not null;
        return vectors ? Holding(program, port) : null;
    }

    /// <summary>The rows that the codes of a port fit, or null where its input is small or its codes are no bytes.</summary>
    public static ByteRows? Holding(IntegerProgram program, QuantizeInputInstruction port)
    {
        var formats = program.Buffers[port.Destination].Formats;
        bool signed = formats.Any(format => format.MinRaw.Sign < 0);
        bool fits = ElementTiles.Of(formats.Length).Count > 1
            && formats.All(format => signed ? format.MinRaw >= sbyte.MinValue && format.MaxRaw <= sbyte.MaxValue : format.MaxRaw <= byte.MaxValue);
        if (!fits)
        {
            return null;
        }

        // An odd number of lines puts the samples into different sets of the cache.
        int lines = (formats.Length + CacheLine - 1) / CacheLine;
        return new ByteRows(signed, (lines | 1) * CacheLine);
    }
}
