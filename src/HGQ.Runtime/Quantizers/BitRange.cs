using System;

namespace HGQ.Runtime.Quantizers;

/// <summary>Smallest and largest number of bits allowed.</summary>
public readonly record struct BitRange(double Min, double Max)
{
    /// <summary>What a float32 can hold: −23 to 23.</summary>
    public static BitRange Default => new(-23, 23);

    /// <summary>No limits.</summary>
    public static BitRange Unlimited => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Both ends.</summary>
    internal (double Min, double Max) Ends => (Min, Max);

    /// <summary>This range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is empty, or an end is no number.</exception>
    internal BitRange Required(string name) => Min <= Max
        ? this
        : throw new ArgumentOutOfRangeException(
            name, FormattableString.Invariant($"{Min} to {Max}"), "Limits of bits go from the smaller to the larger number.");

    /// <summary>Refuses what is no number of bits.</summary>
    internal static void RequireFinite(string name, double bits)
    {
        if (!double.IsFinite(bits))
        {
            throw new ArgumentOutOfRangeException(name, bits, "A number of bits is finite.");
        }
    }

    /// <summary>Takes a pair.</summary>
    public static implicit operator BitRange((double Min, double Max) pair) => new(pair.Min, pair.Max);
}
