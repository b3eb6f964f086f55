using System;
using System.Globalization;
using System.Numerics;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Projects;

/// <summary>How the elements of a port stand in words of a bus: in order, the first one in the lowest bits.</summary>
/// <param name="Port">The port.</param>
/// <param name="Lane">Bits of an element's place: a number that a processor has, or the element's own where words have no gaps.</param>
/// <param name="WordBits">Bits of a word.</param>
internal sealed record BusPort(PortType Port, int Lane, int WordBits)
{
    private const int SmallestLane = 8;
    private const int UsualWord = 64;

    /// <summary>Elements of a word.</summary>
    public int Lanes => WordBits / Lane;

    /// <summary>Words of a sample.</summary>
    public int Words => (Port.Length + Lanes - 1) / Lanes;

    /// <summary>Whether the last word is full.</summary>
    public bool IsFull => Words * Lanes == Port.Length;

    /// <summary>Type of an element in its place: its sign is kept.</summary>
    public string LaneType => Port.Dialect.Integer(Port.Raw with { Width = Lane });

    /// <summary>The bytes of the last word that hold elements, as a number.</summary>
    public string LastBytes => "0x" + ((BigInteger.One << ((Port.Length - ((Words - 1) * Lanes)) * Lane / SmallestLane)) - 1)
        .ToString("x", CultureInfo.InvariantCulture).TrimStart('0') + "ull";

    /// <summary>One word for the whole port.</summary>
    public static BusPort Packed(PortType port) => new(port, port.Width, port.Width * port.Length);

    /// <summary>Words of a given size.</summary>
    /// <param name="port">The port.</param>
    /// <param name="bits">Bits of a word; null for the usual size, or more where an element needs it.</param>
    /// <exception cref="HlsOptionException">An element has more bits than a word.</exception>
    public static BusPort Of(PortType port, int? bits)
    {
        var lane = Math.Max(SmallestLane, (int)BitOperations.RoundUpToPowerOf2((uint)port.Width));
        return bits >= lane || bits is null ? new BusPort(port, lane, bits ?? Math.Max(UsualWord, lane)) : throw new HlsOptionException(
            nameof(HlsOptions.WordBits),
            string.Create(CultureInfo.InvariantCulture, $"A word of {bits} bits is too short for an element of the port '{port.Name}', "
                + $"which has {port.Width} bits; choose {lane} or more."));
    }
}
