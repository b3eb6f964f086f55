using System;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>How words become bits.</summary>
/// <param name="Effort">1 is quick, 3 searches longest; results stay the same for the same effort.</param>
/// <param name="Multipliers">Whether products of two variables become multiplier cells (DSP blocks) instead of LUTs.</param>
/// <param name="WidestLutTable">Tables of more index bits become ROM cells; at most 12.</param>
/// <param name="Features">What the mapper may do; less than all is for measuring what each is worth.</param>
public sealed record MappingOptions(
    int Effort = 2, bool Multipliers = false, int WidestLutTable = 12, MappingFeatures Features = MappingFeatures.All)
{
    /// <summary>The defaults.</summary>
    public static MappingOptions Default { get; } = new();
}

/// <summary>How far a mapping is.</summary>
/// <param name="Layer">Layer that is being mapped.</param>
/// <param name="Done">Nodes mapped.</param>
/// <param name="Total">All nodes.</param>
/// <param name="Luts">LUTs so far.</param>
public sealed record MappingProgress(string Layer, int Done, int Total, int Luts);

/// <summary>Parts of the mapper that can be left out.</summary>
[Flags]
public enum MappingFeatures
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Equal parts of a layer's sums are made once.</summary>
    Sharing = 1,

    /// <summary>Sums behind which inversions are free are also tried inverted.</summary>
    Polarity = 2,

    /// <summary>The lowest columns, whose sums nobody reads, enter a chain without positions.</summary>
    FreeColumns = 4,

    /// <summary>Positions of chains that nobody reads are removed, and neighbouring ones joined.</summary>
    Trimming = 8,

    /// <summary>Two functions of at most five bits share a LUT.</summary>
    Pairing = 16,

    /// <summary>Several sets of search options are tried for each sum, and the cheapest result kept.</summary>
    SeveralTries = 32,

    /// <summary>Finished sums may be operands of other sums of their layer.</summary>
    RowOperands = 64,

    /// <summary>A position of a chain adds up to six bits, also of lower columns, and not only two bits of its own.</summary>
    Windows = 128,

    /// <summary>All of them.</summary>
    All = Sharing | Polarity | FreeColumns | Trimming | Pairing | SeveralTries | RowOperands | Windows,
}
