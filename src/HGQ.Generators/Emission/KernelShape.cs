namespace HGQ.Generators.Emission;

/// <summary>How many samples a kernel computes at once: one, or as many as a vector has 16-bit lanes.</summary>
/// <param name="VectorBits">Width of the vectors, or 0 for one sample in scalar code.</param>
internal sealed record KernelShape(int VectorBits)
{
    public static readonly KernelShape Single = new(0);
    public static readonly KernelShape[] Blocks = { new(128), new(256), new(512) };

    /// <summary>Samples side by side in every row of a buffer.</summary>
    public int Lanes => VectorBits == 0 ? 1 : VectorBits / 16;

    public bool IsVector => VectorBits != 0;

    /// <summary>For example <c>Vector256</c>.</summary>
    public string Vector => "Vector" + Literal.Of(VectorBits);

    /// <summary>End of the names of the kernel's methods.</summary>
    public string Suffix => IsVector ? Literal.Of(VectorBits) : "Single";

    /// <summary>Lanes of a type in one vector.</summary>
    public int CountOf(LaneType lane) => VectorBits / lane.Bits;
}
