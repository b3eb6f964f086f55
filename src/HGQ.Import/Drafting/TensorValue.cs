using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>
/// A tensor of the source while it is translated: the output of a layer of the draft, and what the source does to it that is not in the
/// draft yet.
/// Its value is <see cref="Steps"/> applied to the layer's integers.
/// </summary>
/// <param name="Layer">Layer of the draft.</param>
/// <param name="Shape">Shape as the layer has it.</param>
/// <param name="ChannelsFirst">The source counts the channels, which are last here, as the first axis.</param>
/// <param name="Steps">Exact functions, monotone in every element, by channel of the last axis.</param>
/// <param name="Range">What the layer's integers can be; null for a real input.</param>
internal sealed record TensorValue(string Layer, TensorShape Shape, bool ChannelsFirst, IReadOnlyList<Step> Steps, ChannelRange? Range)
{
    /// <summary>A real input port, which its first quantizer turns into integers.</summary>
    public bool IsReal => Range is null;

    /// <summary>Moves of elements that wait until a real input has become integers; applied in order, behind its quantizer.</summary>
    public IReadOnlyList<ElementMove> Moves { get; init; } = [];

    /// <summary>A second summand whose scale does not fit; only a quantizer can follow.</summary>
    public PendingSum? Pending { get; init; }

    public int Channels => Shape.Channels;

    /// <summary>The shape as the source sees it.</summary>
    public int[] SourceShape => ChannelsFirst ? [Shape.Channels, .. Shape.Dimensions.Take(Shape.Rank - 1)] : [.. Shape.Dimensions];

    public TensorValue Then(Step step) => this with { Steps = StepList.Append(Steps, step) };
}

/// <summary>A summand with a scale of its own: the sum is left · the steps' first factor plus this one's integers · its scale.</summary>
/// <param name="Integers">Its integers.</param>
/// <param name="LeftScale">Factor of the first summand's integers.</param>
/// <param name="Scale">Factor of these.</param>
internal sealed record PendingSum(TensorValue Integers, Rational LeftScale, Rational Scale);

/// <summary>A reshape or a permutation of a real input.</summary>
/// <param name="Axes">Axes of a permutation, or null for a reshape.</param>
/// <param name="Shape">Shape behind the move.</param>
internal sealed record ElementMove(int[]? Axes, TensorShape Shape);

/// <summary>What integers can be, channel by channel of the last axis.</summary>
/// <param name="FractionBits">Fraction bits of all limits.</param>
/// <param name="Low">Least raw value of each channel.</param>
/// <param name="High">Largest raw value of each channel.</param>
internal sealed record ChannelRange(int FractionBits, BigInteger[] Low, BigInteger[] High)
{
    /// <summary>Fraction bits that the numbers of each channel really have; null where nothing finer than all is known.</summary>
    public int[]? ChannelBits { get; init; }

    public static ChannelRange Uniform(int channels, int fractionBits, BigInteger low, BigInteger high)
        => new(fractionBits, [.. Enumerable.Repeat(low, channels)], [.. Enumerable.Repeat(high, channels)]);

    /// <summary>The same range for another number of channels.</summary>
    public ChannelRange Joined(int channels) => Uniform(channels, FractionBits, Low.Min(), High.Max());

    public ChannelRange WithFractionBits(int bits)
    {
        int shift = bits - FractionBits;
        return shift < 0
            ? throw new InvalidOperationException("a range only gets more fraction bits")
            : new ChannelRange(bits, [.. Low.Select(x => x << shift)], [.. High.Select(x => x << shift)]);
    }

    public ChannelRange Union(ChannelRange other)
    {
        int bits = Math.Max(FractionBits, other.FractionBits);
        ChannelRange a = WithFractionBits(bits), b = other.WithFractionBits(bits);
        return new ChannelRange(bits, [.. a.Low.Zip(b.Low, BigInteger.Min)], [.. a.High.Zip(b.High, BigInteger.Max)]);
    }
}
