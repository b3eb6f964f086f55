namespace HGQ.Model.Verification;

/// <summary>How many vectors beside the real samples are made.</summary>
/// <param name="Seed">Seed of the random vectors.</param>
/// <param name="Random">Number of random vectors.</param>
/// <param name="OneHot">Most elements that get vectors of their own; of more elements, this many are picked evenly.</param>
/// <param name="Sums">Most sums that are driven to both ends of their range; of more sums, this many are picked evenly.</param>
/// <param name="Effort">Steps of arithmetic that <see cref="VectorSearch"/> may spend; 0 for none.</param>
public sealed record CornerOptions(ulong Seed = 1, int Random = 256, int OneHot = 4096, int Sums = 128, long Effort = CornerOptions.StandardEffort)
{
    /// <summary>The effort that is standard: about half a second.</summary>
    public const long StandardEffort = 200_000_000;

    /// <summary>The defaults.</summary>
    public static CornerOptions Default { get; } = new();
}
