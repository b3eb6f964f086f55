namespace HGQ.Runtime.Quantizers;

/// <summary>Smallest and largest number of bits allowed.</summary>
public readonly record struct BitRange(double Min, double Max)
{
    /// <summary>What a float32 can hold: −23 to 23.</summary>
    public static BitRange Default => new(-23, 23);

    /// <summary>No limits.</summary>
    public static BitRange Unlimited => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Takes a pair.</summary>
    public static implicit operator BitRange((double Min, double Max) pair) => new(pair.Min, pair.Max);
}
