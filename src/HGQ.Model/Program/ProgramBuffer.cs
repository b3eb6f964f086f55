using System;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>A flat list of integers between two instructions.</summary>
/// <param name="Name">Unique name, an identifier derived from the layer's name.</param>
/// <param name="Layer">Graph layer that writes it.</param>
/// <param name="Formats">Format of each element.</param>
/// <param name="Intervals">Proven range of each element's raw integer; within the format's range.</param>
public sealed record ProgramBuffer(
    string Name,
    string Layer,
    EquatableArray<FixedPointFormat> Formats,
    EquatableArray<RawInterval> Intervals)
{
    /// <summary>Number of elements.</summary>
    public int Length => Formats.Length;

    /// <summary>Bits of the narrowest two's complement integer that holds every element: 8, 16, 32 or 64 (an unsigned 64-bit format counts 64).</summary>
    public int StorageBits { get; } = StorageBitsOf(Intervals);

    private static int StorageBitsOf(EquatableArray<RawInterval> intervals)
    {
        var bits = 1;
        foreach (var interval in intervals)
        {
            bits = Math.Max(bits, interval.SignedBits);
        }

        return bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : 64;
    }
}
