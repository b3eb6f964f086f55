namespace HGQ.Model.Serialization;

/// <summary>Bounds that the reader checks before it allocates anything in proportion to a number of the file.</summary>
internal static class ReaderLimits
{
    /// <summary>Largest |i| and |f|: beyond the exponents of a double no format is of use.</summary>
    public const int FormatBits = 1100;

    /// <summary>Most dimensions of a tensor.</summary>
    public const int Rank = 8;

    /// <summary>Most elements with formats in all tensors of a file.</summary>
    public const int Elements = 1 << 24;

    /// <summary>Largest stride, dilation, window, group number and so on.</summary>
    public const int Option = 1 << 24;

    /// <summary>Largest file in bytes, and text in characters.</summary>
    public const int FileSize = 256 << 20;
}
