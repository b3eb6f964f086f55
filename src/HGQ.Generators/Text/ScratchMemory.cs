namespace HGQ.Generators.Text;

/// <summary>
/// Writes how an entry point gets its memory: from the stack up to <see cref="StackLimit"/> bytes, else from the shared pool,
/// which allocates once per thread and size and not per call.
/// </summary>
internal static class ScratchMemory
{
    /// <summary>Most bytes taken from the stack: a small part of the smallest usual stack, 1 MB.</summary>
    public const int StackLimit = 65_536;

    /// <summary>Rows are aligned to this many bytes, the widest vector, so that none straddles two cache lines.</summary>
    public const int Alignment = 64;

    // Bytes lost to alignment, and what a vector at the very end reads beyond it.
    private const int Slack = 2 * Alignment;

    public static void Open(SourceWriter writer, int bytes)
    {
        int size = bytes + Slack;
        if (size <= StackLimit)
        {
            writer.Line($"Span<byte> memory = stackalloc byte[{size}];");
            writer.Line("ref byte scratch = ref Aligned(memory);");
            return;
        }

        writer.Line($"byte[] memory = ArrayPool<byte>.Shared.Rent({size});");
        writer.Open("try");
        writer.Line("ref byte scratch = ref Aligned(memory);");
    }

    public static void Close(SourceWriter writer, int bytes)
    {
        if (bytes + Slack > StackLimit)
        {
            writer.Close();
            writer.Open("finally");
            writer.Line("ArrayPool<byte>.Shared.Return(memory);");
            writer.Close();
        }
    }

    public static void WriteAligned(SourceWriter writer)
    {
        writer.Line();
        writer.Line("// The first address that is a multiple of a vector's size.");
        writer.Open("private static ref byte Aligned(Span<byte> memory)");
        writer.Line("ref byte start = ref MemoryMarshal.GetReference(memory);");

        // From the address to 0, not from 0: the optimiser of .NET 10 gives up a method in which a null reference is subtracted from the
        // address of a stackalloc, and every entry point would be compiled without optimisation.
        writer.Line($"return ref Unsafe.Add(ref start, (int)(Unsafe.ByteOffset(ref start, ref Unsafe.NullRef<byte>()) & {Alignment - 1}));");
        writer.Close();
    }
}
