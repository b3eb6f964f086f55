using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>Writes how whole numbers become rows of bytes.</summary>
internal static class BytePacking
{
    /// <summary>
    /// Four vectors of whole numbers in 16 bits each, two by two in <paramref name="low"/> and <paramref name="high"/>, as one of bytes
    /// in order.
    /// </summary>
    public static string Pack(ByteRows rows, int bits, string low, string high)
    {
        string kind = rows.Signed ? "Signed" : "Unsigned";
        string pack = $"Vector{Literal.Of(bits)}.AsInt32({(bits == 512 ? "Avx512BW" : "Avx2")}.Pack{kind}Saturate({low}, {high}))";
        return bits == 512
            ? $"Vector512.AsByte(Avx512F.PermuteVar16x32({pack}, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)))"
            : $"Vector256.AsByte(Avx2.PermuteVar8x32({pack}, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)))";
    }
}
