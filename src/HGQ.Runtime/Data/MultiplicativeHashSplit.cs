namespace HGQ.Runtime.Data;

/// <summary>
/// Row i goes by the bucket b(i) = ((i · 2654435761) mod 2^32) mod <paramref name="Modulus"/>: no random generator, so that other
/// programs can make the same split.
/// </summary>
/// <param name="Modulus">Number of buckets.</param>
/// <param name="ValidationBucket">The bucket of the validation rows.</param>
/// <param name="TestBucket">The bucket of the test rows; null where the test rows are a file of their own.</param>
public sealed record MultiplicativeHashSplit(int Modulus = 5, int ValidationBucket = 1, int? TestBucket = 0) : SplitRule
{
    private const uint Multiplier = 2654435761;

    /// <summary>The bucket of a row.</summary>
    public int Bucket(int row) => (int)(unchecked((uint)row * Multiplier) % (uint)Modulus);

    private protected override RowSplit SplitRows(Dataset data) => Collect(data.Count, row =>
    {
        int bucket = Bucket(row);
        return bucket == TestBucket ? SplitPart.Test : bucket == ValidationBucket ? SplitPart.Validation : SplitPart.Train;
    });
}
