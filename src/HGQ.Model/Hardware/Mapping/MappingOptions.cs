namespace HGQ.Model.Hardware.Mapping;

/// <summary>How words become bits.</summary>
/// <param name="Effort">1 is quick, 3 searches longest; results stay the same for the same effort.</param>
/// <param name="Multipliers">Whether products of two variables become multiplier cells (DSP blocks) instead of LUTs.</param>
/// <param name="WidestLutTable">Tables of more index bits become ROM cells; at most 12.</param>
public sealed record MappingOptions(int Effort = 2, bool Multipliers = false, int WidestLutTable = 12)
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
