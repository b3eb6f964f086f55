using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>
/// A quantizer on float64 values that are exact multiples of some power of two: scaling by powers of two, ⌊·⌋ and the reduction
/// modulo a power of two are exact there, so that the result is that of the integers.
/// </summary>
internal sealed class SimulatedQuantizer
{
    private readonly double[] _toGrid;
    private readonly double[] _toValue;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double _roundingOffset;
    private readonly bool _wraps;

    private SimulatedQuantizer(QuantizerSpec spec)
    {
        FixedPointFormat[] formats = spec.Format.Elements.ToArray();
        _toGrid = [.. formats.Select(static f => f.IsZero ? 0 : Math.ScaleB(1, f.FractionBits))];
        _toValue = [.. formats.Select(static f => f.IsZero ? 0 : f.Step)];
        _high = [.. formats.Select(static f => (double)f.MaxRaw)];
        _low = [.. formats.Select(f => (double)(spec.Overflow == OverflowMode.SaturateSymmetric && f.Signed ? -f.MaxRaw : f.MinRaw))];
        _roundingOffset = spec.Rounding == RoundingMode.RoundHalfUp ? 0.5 : 0;
        _wraps = spec.Overflow == OverflowMode.Wrap;
        Formats = formats;
        RoundingBits = _roundingOffset > 0 ? 1 : 0;
    }

    /// <summary>Format of each element.</summary>
    public FixedPointFormat[] Formats { get; }

    /// <summary>Bits below the result's last one that rounding adds something to.</summary>
    public int RoundingBits { get; }

    /// <summary>Elements that left their range and were brought back, over all samples so far.</summary>
    public long Overflows { get; private set; }

    /// <summary>Makes the quantizer, or answers null where its modes or widths are not simulated here.</summary>
    public static SimulatedQuantizer? TryCreate(QuantizerSpec spec)
    {
        bool rounding = spec.Rounding is RoundingMode.RoundHalfUp or RoundingMode.Truncate;
        bool overflow = spec.Overflow is OverflowMode.Wrap or OverflowMode.Saturate or OverflowMode.SaturateSymmetric;
        return rounding && overflow && spec.Format.Elements.All(static f => f.Width <= 50) ? new SimulatedQuantizer(spec) : null;
    }

    /// <summary>Quantizes the samples of one element in place.</summary>
    public void Apply(int element, Span<double> samples, int valid)
    {
        var toGrid = new Vector<double>(_toGrid[element]);
        var offset = new Vector<double>(_roundingOffset);
        var low = new Vector<double>(_low[element]);
        var high = new Vector<double>(_high[element]);
        var toValue = new Vector<double>(_toValue[element]);
        var range = new Vector<double>(_high[element] - _low[element] + 1);
        for (int s = 0; s < samples.Length; s += Vector<double>.Count)
        {
            Span<double> lane = samples.Slice(s, Vector<double>.Count);
            Vector<double> rounded = Vector.Floor((new Vector<double>(lane) * toGrid) + offset);
            if (Vector.LessThanAny(rounded, low) || Vector.GreaterThanAny(rounded, high))
            {
                CountOverflows(rounded, element, Math.Min(Vector<double>.Count, valid - s));
                rounded = _wraps
                    ? rounded - (range * Vector.Floor((rounded - low) / range))
                    : Vector.Min(Vector.Max(rounded, low), high);
            }

            (rounded * toValue).CopyTo(lane);
        }
    }

    private void CountOverflows(Vector<double> rounded, int element, int valid)
    {
        for (int i = 0; i < valid; i++)
        {
            Overflows += rounded[i] < _low[element] || rounded[i] > _high[element] ? 1 : 0;
        }
    }
}
