using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Trimming;

/// <summary>The quantizer between two layers of a chain, a format for each channel, which trimming changes.</summary>
internal sealed class ChainQuantizer
{
    private readonly int[] _margin;
    private readonly bool[] _removed;

    public ChainQuantizer(QuantizerSpec spec)
    {
        Spec = spec;
        Formats = spec.Format.Elements.ToArray();
        _margin = new int[Formats.Length];
        _removed = Array.ConvertAll(Formats, static f => f.IsZero);
    }

    /// <summary>The quantizer that the model came with.</summary>
    public QuantizerSpec Spec { get; }

    /// <summary>Format of each channel.</summary>
    public FixedPointFormat[] Formats { get; }

    /// <summary>
    /// Whether integer bits follow the values that were seen, as they do where values outside would wrap. A quantizer that saturates keeps the range that
    /// was trained: its borders are part of the function.
    /// </summary>
    public bool IsTraced => Spec.Overflow == OverflowMode.Wrap;

    /// <summary>Whether a channel is the constant 0.</summary>
    public bool IsRemoved(int channel) => _removed[channel];

    /// <summary>Bits of a channel; 0 where it is always 0.</summary>
    public int Width(int channel) => _removed[channel] ? 0 : Math.Max(0, Formats[channel].Width);

    /// <summary>Bits that a channel would have with other fraction bits and the values from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public int WidthOf(int channel, int fractionBits, double low, double high) =>
        !IsTraced ? Math.Max(0, (Formats[channel] with { FractionBits = fractionBits }).Width)
        : low == 0 && high == 0 ? 0
        : Traced(channel, fractionBits, low, high).Width;

    /// <summary>Remembers by how many bits an input port is wider than the values that were seen: a margin for others, which trimming keeps.</summary>
    public void KeepMargin(int channel, double low, double high)
    {
        if (IsTraced && !_removed[channel])
        {
            _margin[channel] = Math.Max(0, Formats[channel].Width - Traced(channel, Formats[channel].FractionBits, low, high).Width);
        }
    }

    /// <summary>Takes a new format; integer bits of a traced one follow the values at the next <see cref="Fit"/>.</summary>
    public void SetFormat(int channel, int fractionBits, int integerBits) =>
        Formats[channel] = Formats[channel] with { FractionBits = fractionBits, IntegerBits = integerBits };

    /// <summary>Makes a channel the constant 0.</summary>
    public void Remove(int channel) => (Formats[channel], _removed[channel]) = (FixedPointFormat.Zero, true);

    /// <summary>Fits a channel's range to the values from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public void Fit(int channel, double low, double high)
    {
        if (IsTraced && !_removed[channel])
        {
            Formats[channel] = Traced(channel, Formats[channel].FractionBits, low, high);
        }
    }

    /// <summary>The quantizer as the model file has it.</summary>
    public QuantizerSpec ToSpec() =>
        Spec with { Format = Spec.Format with { Elements = Formats.Select(static f => f.IsZero ? FixedPointFormat.Zero : f).ToArray() } };

    private FixedPointFormat Traced(int channel, int fractionBits, double low, double high)
    {
        int bits = Math.Max(BitsOf((long)Math.ScaleB(high, fractionBits)), BitsOf(-(long)Math.ScaleB(low, fractionBits) - 1));
        return new FixedPointFormat(low < 0, bits - fractionBits + _margin[channel], fractionBits);
    }

    private static int BitsOf(long magnitude) => magnitude <= 0 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)magnitude);
}
