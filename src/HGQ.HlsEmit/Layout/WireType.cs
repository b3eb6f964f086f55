using System;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Layout;

/// <summary>Type of a wire: an integer of 1 to 64 bits, or no wire at all (width 0).</summary>
/// <param name="Signed">Two's complement.</param>
/// <param name="Width">Bits, sign included.</param>
internal readonly record struct WireType(bool Signed, int Width)
{
    /// <summary>Smallest value.</summary>
    public BigInteger Low => Signed ? -(BigInteger.One << (Width - 1)) : BigInteger.Zero;

    /// <summary>Largest value.</summary>
    public BigInteger High => (BigInteger.One << (Signed ? Width - 1 : Width)) - 1;

    /// <summary>The narrowest type that holds an interval.</summary>
    public static WireType For(RawInterval interval)
    {
        var signed = interval.Low.Sign < 0;
        return new WireType(signed, interval.Width(signed));
    }

    /// <summary>The type of a format's codes.</summary>
    public static WireType For(FixedPointFormat format) => new(format.Signed, Math.Max(0, format.Width));
}
