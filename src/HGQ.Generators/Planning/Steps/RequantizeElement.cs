using System;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>
/// One element of a requantize or clamp, as constants of one straight line of code:
/// shift left; v = (v + Addend + (sign &amp; SignMask) + ((v &gt;&gt; Right) &amp; OddMask)) &gt;&gt; Right; wrap; clamp; zero outside.
/// </summary>
/// <remarks>
/// Every rounding is the floor of a sum (fixed-point.md §2): half up adds half, half down one less; the sign mask adds −1 or
/// 2^s − 1 to negative values, the odd mask 1 to odd floors.
/// </remarks>
internal sealed record RequantizeElement
{
    /// <summary>The source is an unsigned 64-bit number.</summary>
    public bool Unsigned64 { get; init; }

    public bool Relu { get; init; }

    /// <summary>Only low bits of the source need to be there: as a number it may have the wrong sign.</summary>
    public bool IsReduced { get; init; }

    public int Left { get; init; }

    public BigInteger Addend { get; init; }

    public BigInteger SignMask { get; init; }

    public BigInteger OddMask { get; init; }

    public int Right { get; init; }

    /// <summary>Wrap: ((v + WrapOffset) &amp; WrapMask) − WrapOffset; a mask of −1 wraps nothing.</summary>
    public BigInteger WrapOffset { get; init; }

    public BigInteger WrapMask { get; init; } = BigInteger.MinusOne;

    public BigInteger? Low { get; init; }

    public BigInteger? High { get; init; }

    /// <summary>Values outside [Low, High] become 0 instead of the nearer end.</summary>
    public bool ZeroOutside { get; init; }

    /// <summary>The element's one value, where it has only one.</summary>
    public BigInteger? Known { get; init; }

    /// <summary>Two's complement bits that every step needs.</summary>
    public int Bits { get; init; }

    public static RequantizeElement Of(IntegerProgram program, RequantizeInstruction instruction, int e)
    {
        ProgramBuffer source = program.Buffers[instruction.Source], target = program.Buffers[instruction.Destination];
        var format = target.Formats[e];
        if (target.Intervals[e].IsPoint || format.IsZero)
        {
            var value = format.IsZero ? BigInteger.Zero : target.Intervals[e].Low;
            return new RequantizeElement { Known = value, Bits = RawInterval.Point(value).SignedBits };
        }

        bool unsigned64 = !source.Formats[e].Signed && source.Formats[e].Width == 64;
        var before = source.Intervals[e];
        var input = instruction.Relu ? before.ClampLow() : before;
        var element = new RequantizeElement { Unsigned64 = unsigned64, Relu = instruction.Relu && before.Low.Sign < 0, Bits = before.SignedBits };
        element = instruction.Overflows[e] == OverflowAction.Wrap
            ? element.Wrapping(input, instruction.Shifts[e], instruction.Roundings[e], format)
            : element.Exact(input, instruction.Shifts[e], instruction.Roundings[e]).Limited(instruction.Overflows[e], format);
        return element with { Bits = Math.Max(element.Bits, target.Intervals[e].SignedBits) };
    }

    public static RequantizeElement Of(IntegerProgram program, ClampInstruction instruction, int e)
    {
        ProgramBuffer source = program.Buffers[instruction.Source], target = program.Buffers[instruction.Destination];
        if (target.Intervals[e].IsPoint)
        {
            return new RequantizeElement { Known = target.Intervals[e].Low, Bits = target.Intervals[e].SignedBits };
        }

        var limits = new RawInterval(BigInteger.Min(instruction.Low[e], instruction.High[e]), instruction.High[e]);
        return new RequantizeElement
        {
            Unsigned64 = !source.Formats[e].Signed && source.Formats[e].Width == 64,
            Low = instruction.Low[e],
            High = instruction.High[e],
            Bits = source.Intervals[e].Union(limits).SignedBits,
        };
    }

    // A shift that leaves less than a quarter rounds as every longer one does.
    private RequantizeElement Exact(RawInterval input, int shift, RoundingMode rounding)
    {
        var moved = input.ShiftLeft(Math.Max(-shift, 0));
        int right = Math.Min(Math.Max(shift, 0), moved.SignedBits + 2);
        var rounded = Rounding(rounding, right) with { Left = Math.Max(-shift, 0) };
        var sums = new RawInterval(moved.Low, moved.High + (BigInteger.One << right));
        int bits = Math.Max(Bits, Math.Max(moved.SignedBits, right > 0 ? Math.Max(sums.SignedBits, right + 1) : 1));
        return rounded with { Bits = bits };
    }

    // Only Width + shift low bits matter, and the sign for the roundings that ask for it.
    private RequantizeElement Wrapping(RawInterval input, int shift, RoundingMode rounding, FixedPointFormat format)
    {
        if (-shift >= format.Width)
        {
            return new RequantizeElement { Known = BigInteger.Zero };
        }

        var exact = Exact(input, shift, rounding);
        int needed = format.Width + Math.Max(shift, 0);
        bool lowBitsSuffice = exact.SignMask.IsZero && !Relu;
        int bits = lowBitsSuffice ? needed : Math.Max(Bits, needed);
        var modulus = BigInteger.One << format.Width;
        var element = bits < exact.Bits
            ? Rounding(rounding, Math.Max(shift, 0)) with { Left = Math.Max(-shift, 0), Bits = bits, IsReduced = lowBitsSuffice }
            : exact;
        return element with { WrapMask = modulus - 1, WrapOffset = format.Signed ? modulus >> 1 : BigInteger.Zero };
    }

    private RequantizeElement Rounding(RoundingMode rounding, int right)
    {
        var half = right > 0 ? BigInteger.One << (right - 1) : BigInteger.Zero;
        var below = right > 0 ? half - 1 : BigInteger.Zero;
        var one = right > 0 ? BigInteger.One : BigInteger.Zero;
        var element = this with { Right = right };
        return rounding switch
        {
            RoundingMode.Truncate => element,
            RoundingMode.TruncateToZero => element with { SignMask = right > 0 ? (BigInteger.One << right) - 1 : BigInteger.Zero },
            RoundingMode.RoundHalfUp => element with { Addend = half },
            RoundingMode.RoundHalfDown => element with { Addend = below },
            RoundingMode.RoundHalfToZero => element with { Addend = below, SignMask = one },
            RoundingMode.RoundHalfAway => element with { Addend = half, SignMask = -one },
            RoundingMode.RoundHalfEven => element with { Addend = below, OddMask = one },
            _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
        };
    }

    private RequantizeElement Limited(OverflowAction action, FixedPointFormat format) => action switch
    {
        OverflowAction.None => this,
        OverflowAction.Wrap => throw new ArgumentOutOfRangeException(nameof(action), action, "Wrapping has no limits."),
        OverflowAction.Saturate => this with { Low = format.MinRaw, High = format.MaxRaw },
        OverflowAction.SaturateSymmetric => this with { Low = format.Signed ? -format.MaxRaw : BigInteger.Zero, High = format.MaxRaw },
        OverflowAction.SaturateToZero => this with { Low = format.MinRaw, High = format.MaxRaw, ZeroOutside = true },
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "This is no overflow action."),
    };
}
