using System.Numerics;

namespace HGQ.Import.Drafting;

/// <summary>The summands that are allowed; a bound that is null does not exist.</summary>
/// <param name="Low">Least one.</param>
/// <param name="High">Largest one.</param>
internal readonly record struct SummandRange(BigInteger? Low, BigInteger? High)
{
    public bool IsEmpty => Low is { } low && High is { } high && low > high;

    public SummandRange AtLeast(BigInteger? bound)
        => bound is null || (Low is { } low && low >= bound) ? this : this with { Low = bound };

    public SummandRange AtMost(BigInteger? bound)
        => bound is null || (High is { } high && high <= bound) ? this : this with { High = bound };

    /// <summary>The allowed number with the most trailing zeros: short in hardware.</summary>
    public BigInteger Roundest()
    {
        if (!(Low is { Sign: > 0 } || High is { Sign: < 0 }))
        {
            return BigInteger.Zero;
        }

        BigInteger low = Low ?? High!.Value, high = High ?? Low!.Value;
        for (var bits = (int)BigInteger.Max(BigInteger.Abs(low), BigInteger.Abs(high)).GetBitLength(); bits > 0; bits--)
        {
            BigInteger candidate = -((-low) >> bits) << bits;
            if (candidate <= high)
            {
                return candidate;
            }
        }

        return low;
    }
}
