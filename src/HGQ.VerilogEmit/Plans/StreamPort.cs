using System;
using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Plans;

/// <summary>
/// A port as bytes of a stream: an integer of whole bytes for each element, those without bits included, so that software sees an array.
/// </summary>
/// <param name="Port">The port.</param>
/// <param name="Signed">Whether the integers are signed; so they are where any element is.</param>
/// <param name="Bits">Bits of an integer: 8, 16, 32 or 64.</param>
/// <param name="Low">Its lowest bit in the stream's data.</param>
internal sealed record StreamPort(PortPlan Port, bool Signed, int Bits, int Low)
{
    private static readonly int[] Sizes = [8, 16, 32, 64];

    /// <summary>Bits of the whole port.</summary>
    public int Width => Bits * Port.Elements.Count;

    /// <summary>The ports of a direction, one behind the other.</summary>
    public static IReadOnlyList<StreamPort> Of(IEnumerable<PortPlan> ports)
    {
        var streams = new List<StreamPort>();
        int low = 0;
        foreach (var port in ports)
        {
            bool signed = port.Elements.Any(element => element.Width > 0 && element.Format.Signed);

            // An unsigned element among signed ones needs a bit more; 64 bits are raw storage, as everywhere.
            int width = port.Elements.Max(element => element.Width + (signed && !element.Format.Signed && element.Width < 64 ? 1 : 0));
            var stream = new StreamPort(port, signed, Sizes.First(size => size >= width), low);
            streams.Add(stream);
            low += stream.Width;
        }

        return streams;
    }

    /// <summary>The bits of all elements taken out of the stream's data, as one expression; empty for a port without bits.</summary>
    /// <param name="data">Name of the data.</param>
    public string Unpacked(string data) => Port.Width == 0 ? "" : Bit.Join(
        [.. Port.Elements.SelectMany(element =>
            Enumerable.Range(0, element.Width).Select(bit => new Bit(data, Low + (element.Index * Bits) + bit)))], 6);

    /// <summary>The stream's data of the port, its elements filled up with their signs or zeros, most significant first.</summary>
    /// <param name="vector">Name of the vector of all bits of the direction.</param>
    public IEnumerable<string> Packed(string vector) => Port.Elements.Reverse().Select(element =>
    {
        int low = Port.Low + element.Low, high = low + element.Width - 1, fill = Bits - element.Width;
        string bits = Invariant($"{vector}[{high}:{low}]");
        return element.Width == 0 ? Invariant($"{Bits}'d0")
            : fill == 0 ? bits
            : element.Format.Signed ? Invariant($"{{{fill}{{{vector}[{high}]}}}}, {bits}") : Invariant($"{fill}'d0, {bits}");
    });

    /// <summary>The type in C.</summary>
    public string CType => Invariant($"{(Signed ? "" : "u")}int{Bits}_t");
}
