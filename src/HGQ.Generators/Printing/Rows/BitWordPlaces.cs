namespace HGQ.Generators.Printing.Rows;

/// <summary>Where the words of bits of samples lie.</summary>
internal static class BitWordPlaces
{
    /// <summary>
    /// Place of a sample among the words of a block: with it two blocks, byte by byte, transpose to their samples in turn.
    /// </summary>
    public static string Of(string lanes, string sample = "s") => $"((({sample} >> 1) & 3) * ({lanes} >> 2)) + (({sample} >> 3) << 1) + ({sample} & 1)";
}
