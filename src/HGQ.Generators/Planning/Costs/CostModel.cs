using HGQ.Generators.Machines;

namespace HGQ.Generators.Planning.Costs;

/// <summary>Every number that decides between strategies, with its reason. Nothing else compares a size or a time.</summary>
internal static partial class CostModel
{
    /// <summary>Most terms of one product written out; a larger one becomes a loop over tables.</summary>
    public const int MostUnrolledTerms = 6_000;

    /// <summary>Most terms of one kernel written out, so that a file of three kernels stays below about 2 MB.</summary>
    public const int MostUnrolledTermsOfKernel = 12_000;

    /// <summary>
    /// Most terms of one method. About 12 bytes of IL a term: far below the 60,000 beyond which the JIT stops optimising.
    /// </summary>
    public const int MostTermsOfMethod = 1_000;

    /// <summary>
    /// Most multiples that a tile of the source keeps: with what else a tile reads and writes they fill two thirds of the first-level
    /// cache.
    /// </summary>
    public const int MostMultiplesOfTile = 256;

    /// <summary>Most multiples of a product that are kept: 16 KiB in the widest kernel, a part of the first-level cache.</summary>
    public const int MostMultiples = 448;

    /// <summary>
    /// Most weights, zeros included, of a product that keeps multiples: those of a larger one are not counted, and it has no memory for
    /// them.
    /// </summary>
    public const int MostWeightsWithMultiples = 1 << 20;

    /// <summary>Terms of a result from which pairs of bytes are worth their packing.</summary>
    public const int FewestTermsOfBytePairs = 4;

    /// <summary>
    /// Packed rows of a part: four blocks of 32 samples of them lie in the first-level cache, and leave room for the tables that stream
    /// by.
    /// </summary>
    public const int MostBytePairRows = 128;

    /// <summary>A lookup and its addition take this many times what a term takes in straight-line code, for half as many samples.</summary>
    public const double TermsOfLookup = 0.7;

    /// <summary>Terms from which tables of sums are looked for.</summary>
    public const int FewestTermsOfLookups = 1_000;

    /// <summary>Most bytes of the tables of both widths.</summary>
    public const int MostLookupBytes = 1 << 20;

    /// <summary>Average bits of the elements of an input that is looked up bit by bit.</summary>
    public const double MostBitsOfLookups = 2;

    /// <summary>Multiplications of one sample from which the conversion of the source to bytes pays.</summary>
    public const int FewestProductsOfByteQuads = 16_384;

    /// <summary>
    /// Multiplications of fours of bytes up to which every one is written out; fours whose weights are all 0 then cost nothing.
    /// </summary>
    public const int MostByteQuadsWrittenOut = 160;

    /// <summary>Vectors of results whose sums are in registers at once in the forms for one sample.</summary>
    public const int VectorsAtOnce = 4;

    /// <summary>Terms from which straight-line code would not stay in the first-level cache from one block to the next.</summary>
    public const int FewestTermsOfGroups = 1_000;

    /// <summary>Accumulators that leave registers for a source and its multiples: of 32 registers, or of 16.</summary>
    public static int MostAccumulators(KernelShape shape) => shape.HasManyRegisters ? 24 : 11;

    /// <summary>
    /// Most terms of one kernel in tiles, for the sake of its size and of the compiler; narrower vectors have to read the same code for
    /// fewer samples.
    /// </summary>
    public static int MostTiledTerms(KernelShape shape) => shape.IsVector && !shape.Machine.IsNarrowest ? 1_000 * shape.Lanes : 0;
}
