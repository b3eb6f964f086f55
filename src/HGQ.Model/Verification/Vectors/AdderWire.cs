using HGQ.Model.FixedPoint;

namespace HGQ.Model.Verification;

/// <summary>
/// A wire between the buffers of a program, as a back end made it: a sum of elements and of earlier wires times constants, for
/// example an adder in the middle of a tree. Vectors are made to drive it to both of its ends.
/// </summary>
/// <param name="Layer">Graph layer it belongs to.</param>
/// <param name="Signed">Whether it is a two's complement number.</param>
/// <param name="Width">Bits, sign included.</param>
/// <param name="Interval">Proven range of the sum; wider than the wire where the sum is kept modulo 2^<paramref name="Width"/>.</param>
/// <param name="Places">Where it stands: one place, or one for each position of a loop that is looked at.</param>
public sealed record AdderWire(string Layer, bool Signed, int Width, RawInterval Interval, EquatableArray<WirePlace> Places);

/// <summary>One place of a wire.</summary>
/// <param name="Terms">What is summed.</param>
/// <param name="Constant">What is added, modulo 2^64.</param>
/// <param name="Readers">The elements that the wire is a part of.</param>
public sealed record WirePlace(EquatableArray<WireTerm> Terms, long Constant, EquatableArray<WireReader> Readers);

/// <summary>An element, a product of two elements or an earlier wire, times a constant.</summary>
/// <param name="Buffer">Buffer of the element, or <see cref="Wire"/>.</param>
/// <param name="Element">Its index; of a wire its index among all wires, at the same place.</param>
/// <param name="Weight">The constant.</param>
/// <param name="FactorBuffer">Buffer of the second element, or −1.</param>
/// <param name="FactorElement">Its index.</param>
public readonly record struct WireTerm(int Buffer, int Element, long Weight, int FactorBuffer = -1, int FactorElement = 0)
{
    /// <summary>Stands for a buffer where the term is an earlier wire.</summary>
    public const int Wire = -1;
}

/// <summary>An element that a wire is a part of.</summary>
/// <param name="Buffer">Buffer of the element.</param>
/// <param name="Element">Its index.</param>
/// <param name="Weight">How often the wire is in it.</param>
public readonly record struct WireReader(int Buffer, int Element, long Weight);
