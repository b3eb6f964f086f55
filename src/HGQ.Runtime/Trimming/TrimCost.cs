using System;
using System.Numerics;

namespace HGQ.Runtime.Trimming;

/// <summary>
/// What a model's bits cost while it is trimmed: Σ over weights of (width of the input) · (cost of the weight), and a price for every bit of a hidden
/// activation.
/// </summary>
public abstract record TrimCost
{
    private protected TrimCost()
    {
    }

    /// <summary>EBOPs: the weight's significant bits; activations have no price of their own (docs/layers.md, "Cost").</summary>
    public static TrimCost Ebops { get; } = new EbopsTrimCost();

    /// <summary>An estimate of LUTs: signed digits of the weights, and the bits of hidden activations.</summary>
    public static TrimCost Luts { get; } = new LutTrimCost();

    /// <summary>Word that names the cost on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Cost of one bit of a hidden activation, beside what its products cost.</summary>
    public abstract double ActivationBit { get; }

    /// <summary>Cost of a product for each bit of its input.</summary>
    /// <param name="weight">The weight, an integer times a power of two.</param>
    public abstract double OfWeight(double weight);
}

/// <summary>EBOPs, see <see cref="TrimCost.Ebops"/>.</summary>
public sealed record EbopsTrimCost : TrimCost
{
    /// <inheritdoc/>
    public override string Name => "ebops";

    /// <inheritdoc/>
    public override double ActivationBit => 0;

    /// <inheritdoc/>
    public override double OfWeight(double weight) => DyadicNumber.Of(weight).SignificantBits;
}

/// <summary>LUTs, see <see cref="TrimCost.Luts"/>.</summary>
/// <remarks>
/// A weight of n digits that are not 0 in signed-digit form adds its input n times; a relu and the spread over many sums make the bits of an activation
/// dear. The two factors are means of those that fit trained networks of two data sets.
/// </remarks>
public sealed record LutTrimCost : TrimCost
{
    /// <inheritdoc/>
    public override string Name => "luts";

    /// <summary>LUTs for each signed digit of a weight and bit of its input.</summary>
    public double DigitBit { get; init; } = 0.45;

    /// <inheritdoc/>
    public override double ActivationBit => 3;

    /// <inheritdoc/>
    public override double OfWeight(double weight)
    {
        ulong magnitude = (ulong)Math.Abs(DyadicNumber.Of(weight).Raw);

        // The number of digits that are not 0 in the non-adjacent form of n is that of the ones in n xor 3n.
        return DigitBit * BitOperations.PopCount(magnitude ^ (3 * magnitude));
    }
}
