using System.Globalization;

namespace HGQ.Generators.Machines;

/// <summary>
/// Vectors of one width: what C# calls them, which instructions compute on them, and how it is asked whether a machine has these.
/// Nothing else names a type or an instruction of a width, so that printers write the text for all widths once.
/// </summary>
/// <param name="Bits">Width of a vector.</param>
internal sealed record Machine(int Bits)
{
    /// <summary>A type that a framework has only together with all other types and instructions that are named here.</summary>
    public const string NewestType = "System.Runtime.Intrinsics.Vector512";

    /// <summary>The types of vectors; with an angle bracket the generic ones.</summary>
    public const string VectorTypes = "Vector128 Vector256 Vector512 Vector128< Vector256< Vector512<";

    /// <summary>The classes that instructions of x86 are methods of.</summary>
    public const string InstructionClasses = "Avx Avx2 Avx512BW Avx512F Avx512Vbmi Bmi2 Fma Sse2 Ssse3";

    public static readonly Machine Narrow = new(128);
    public static readonly Machine Middle = new(256);
    public static readonly Machine Wide = new(512);

    /// <summary>All of them, in the order in which a program asks for them.</summary>
    public static readonly Machine[] WidestFirst = { Wide, Middle, Narrow };

    /// <summary>Those with vectors of two or more narrow ones, in the same order.</summary>
    public static readonly Machine[] LargeFirst = { Wide, Middle };

    /// <summary>For example <c>Vector256</c>.</summary>
    public string Vector => "Vector" + Bits.ToString(CultureInfo.InvariantCulture);

    /// <summary>Samples side by side in a row: 16 bits each.</summary>
    public int Samples => Bits / 16;

    /// <summary>Whether no vectors are narrower.</summary>
    public bool IsNarrowest => this == Narrow;

    /// <summary>Vectors half as wide.</summary>
    public Machine Half => new(Bits / 2);

    /// <summary>Class of the instructions that pack, interleave and multiply bytes and words.</summary>
    public string Words => this == Wide ? "Avx512BW" : this == Middle ? "Avx2" : "Sse2";

    /// <summary>The question for them.</summary>
    public string WordsSupported => Words + ".IsSupported";

    /// <summary>Class of the instructions that multiply bytes and add neighbours; of 128 bits they came later.</summary>
    public string ByteProducts => this == Narrow ? "Ssse3" : Words;

    /// <summary>Class of the instructions on 32-bit integers, of large vectors.</summary>
    public string Integers => this == Wide ? "Avx512F" : "Avx2";

    /// <summary>Class of the instructions on reals, of large vectors.</summary>
    public string Reals => this == Wide ? "Avx512F" : "Avx";

    /// <summary>The instruction that multiplies and adds reals with one rounding.</summary>
    public string MultiplyAddReals => this == Wide ? "Avx512F.FusedMultiplyAdd" : "Fma.MultiplyAdd";

    /// <summary>The question for instructions on words and on reals, that one included.</summary>
    public string RealsSupported => this == Wide ? WordsSupported : WordsSupported + " && Fma.IsSupported";

    /// <summary>The question whether .NET computes on these vectors with instructions, not with loops in disguise.</summary>
    public string Accelerated => Vector + ".IsHardwareAccelerated";

    /// <summary>The question for <see cref="ToWords"/>.</summary>
    public string ToWordsSupported => this == Wide ? "Avx512F.IsSupported" : Accelerated;

    /// <summary>The instruction that looks bytes up in a table.</summary>
    public string LookupBytes => this == Wide ? "Avx512Vbmi.PermuteVar64x8" : this == Middle ? "Avx2.Shuffle" : "Ssse3.Shuffle";

    /// <summary>The question for it.</summary>
    public string LookupBytesSupported => LookupBytes.Substring(0, LookupBytes.IndexOf('.')) + ".IsSupported";

    /// <summary>Bits of an index into that table: it has 64 entries, or 16.</summary>
    public int IndexBits => this == Wide ? 6 : 4;

    /// <summary>Elements whose bits make whole indices in a word of 64 bits.</summary>
    public int IndexedElements => this == Wide ? 48 : 64;

    /// <summary>Class of the instructions that interleave elements.</summary>
    /// <param name="elementBits">Width of the elements.</param>
    public string Interleaving(int elementBits) => this == Wide && elementBits > 16 ? "Avx512F" : Words;

    /// <summary>32-bit integers that fit 16 bits, as such: a vector half as wide.</summary>
    public string ToWords(string integers) => this == Wide
        ? $"Avx512F.ConvertToVector256Int16({integers})"
        : $"{Half.Vector}.Narrow({Vector}.GetLower({integers}), {Vector}.GetUpper({integers}))";

    /// <summary>The statement that stores 32-bit integers that fit a byte as unsigned bytes.</summary>
    public string StoreBytes(string integers, string target) => this == Wide
        ? $"Vector128.StoreUnsafe(Avx512F.ConvertToVector128Byte({integers}), ref {target});"
        : $"Unsafe.WriteUnaligned(ref {target}, Vector128.ToScalar(Vector128.AsInt64(Sse2.PackUnsignedSaturate("
            + $"Sse2.PackSignedSaturate(Vector256.GetLower({integers}), Vector256.GetUpper({integers})), Vector128<short>.Zero))));";

    /// <summary>What packing made of two vectors of 32-bit integers, its 128-bit parts in turn, as 16-bit integers in order.</summary>
    public string WordsInOrder(string packed) => this == Wide
        ? $"Vector512.AsInt16(Avx512F.PermuteVar8x64(Vector512.AsInt64({packed}), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)))"
        : $"Vector256.AsInt16(Avx2.Permute4x64(Vector256.AsInt64({packed}), 0b11_01_10_00))";

    /// <summary>What packing made of four such vectors, as bytes in order.</summary>
    public string BytesInOrder(string packed) => this == Wide
        ? $"Vector512.AsByte(Avx512F.PermuteVar16x32(Vector512.AsInt32({packed}), "
            + "Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)))"
        : $"Vector256.AsByte(Avx2.PermuteVar8x32(Vector256.AsInt32({packed}), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)))";
}
