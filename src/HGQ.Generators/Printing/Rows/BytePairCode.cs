using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Printing.Rows;

/// <summary>Pairs of bytes in 16-bit lanes.</summary>
internal static class BytePairCode
{
    /// <summary>Two vectors of 16-bit elements as one vector of the bytes of both, the first in the low ones.</summary>
    public static string Of(ByteOperand source, string vector, string first, string second) => source.Signed
        ? $"(({first} & {vector}.Create((short)255)) | ({second} << 8)) ^ {vector}.Create(unchecked((short)0x8080))"
        : $"{first} | ({second} << 8)";
}
