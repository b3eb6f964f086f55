using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Which buffers the vector kernels of one sample hold as bytes: those that only <see cref="ByteProduct"/>s write and read.</summary>
internal sealed class ByteBuffers
{
    private const int Bias = 128;
    private readonly IntegerProgram _program;
    private readonly HashSet<int> _bytes;

    /// <summary>Finds the buffers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="quads">Those that are written as quad products.</param>
    public ByteBuffers(IntegerProgram program, IReadOnlyList<ProgramStep> steps, ISet<ProgramStep> quads)
    {
        _program = program;
        var readByOthers = new HashSet<int>(steps.Where(step => !quads.Contains(step)).SelectMany(step => InstructionSources.Of(step.Instruction))
            .Concat(program.Outputs.Select(output => output.Buffer)));
        var readByQuads = new HashSet<int>(quads.SelectMany(step => InstructionSources.Of(step.Instruction)));
        _bytes = new HashSet<int>(quads.Select(step => step.Destination).Where(buffer => readByQuads.Contains(buffer) && !readByOthers.Contains(buffer)));
    }

    /// <summary>Whether the buffer holds bytes.</summary>
    public bool IsBytes(int buffer) => _bytes.Contains(buffer);

    /// <summary>What is added to an element so that it is a byte; null where none of its 8-bit ranges holds it.</summary>
    public static int? Offset(RawInterval interval)
        => interval.Low >= 0 && interval.High <= byte.MaxValue ? 0
            : interval.Low >= -Bias && interval.High < Bias ? Bias
            : null;

    /// <summary>The offsets of a buffer's elements, or null where all are 0. An element that does not fit has no reader here.</summary>
    public int[]? Offsets(int buffer)
    {
        int[] offsets = _program.Buffers[buffer].Intervals.Select(interval => Offset(interval) ?? 0).ToArray();
        return offsets.All(offset => offset == 0) ? null : offsets;
    }

    /// <summary>Declares <c>bytes</c>, the elements of a source as bytes; packs them where they are not yet.</summary>
    public void WriteBytes(Kernel kernel, int buffer)
    {
        var writer = kernel.Writer;
        if (IsBytes(buffer))
        {
            writer.Line($"ref byte bytes = ref Unsafe.As<short, byte>(ref b{buffer});");
            return;
        }

        const int step = 16;
        int length = _program.Buffers[buffer].Length, padded = (length + step - 1) / step * step;
        writer.Line($"ref byte bytes = ref Unsafe.Add(ref scratch, {kernel.Storage.BytesPerLane});");
        string add = string.Empty;
        if (Offsets(buffer) is { } offsets)
        {
            string table = kernel.TableReference(Enumerable.Range(0, padded).Select(e => e < length ? (long)offsets[e] : 0).ToArray(), "byte");
            add = $" + Vector128.LoadUnsafe(ref {table}, (nuint)e)";
        }

        string Half(string place) => $"Vector128.AsUInt16(Vector128.LoadUnsafe(ref b{Literal.Of(buffer)}, (nuint){place})) & low";
        writer.Line("Vector128<ushort> low = Vector128.Create((ushort)255);");
        writer.Open($"for (int e = 0; e < {padded}; e += {step})");
        writer.Line($"Vector128.StoreUnsafe(Sse2.PackUnsignedSaturate(Vector128.AsInt16({Half("e")}), Vector128.AsInt16({Half("(e + 8)")})){add}, ref bytes, (nuint)e);");
        writer.Close();
    }
}
