using System.Globalization;

namespace HGQ.Generators.Machines;

/// <summary>How many samples a kernel computes at once: one, or as many as a vector has 16-bit lanes.</summary>
/// <param name="VectorBits">Width of the vectors, or 0 for one sample in scalar code.</param>
internal sealed record KernelShape(int VectorBits)
{
    public static readonly KernelShape Single = new(0);
    public static readonly KernelShape[] Blocks = { new(Machine.Narrow.Bits), new(Machine.Middle.Bits), new(Machine.Wide.Bits) };

    /// <summary>Vectors that one sample's methods have variants for.</summary>
    public static readonly KernelShape[] Variants = { Blocks[1], Blocks[2] };

    /// <summary>Samples side by side in every row of a buffer.</summary>
    public int Lanes => VectorBits == 0 ? 1 : VectorBits / 16;

    public bool IsVector => VectorBits != 0;

    /// <summary>Its vectors; only of a shape that has some.</summary>
    public Machine Machine => new(VectorBits);

    /// <summary>For example <c>Vector256</c>.</summary>
    public string Vector => "Vector" + VectorBits.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether there are 32 registers of this width, not 16.</summary>
    public bool HasManyRegisters => Machine == Machine.Wide;

    /// <summary>Class of the instructions that multiply bytes or words and add neighbours, for vectors of at least 256 bits.</summary>
    public string MultiplyAddClass => Machine.Words;

    /// <summary>The same, with 128 bits: words since SSE2, bytes since SSSE3.</summary>
    public string ByteMultiplyAddClass => Machine.ByteProducts;

    /// <summary>End of the names of the kernel's methods.</summary>
    public string Suffix => IsVector ? VectorBits.ToString(CultureInfo.InvariantCulture) : "Single";

    /// <summary>Lanes of a type in one vector.</summary>
    public int CountOf(LaneType lane) => VectorBits / lane.Bits;
}
