using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.HlsEmit.Reporting;

/// <summary>Which wires of a layer's sums are alive between two levels of adders: what a register there would hold.</summary>
internal sealed class LiveBits
{
    private readonly Dictionary<(int Function, string Wire), (long Bits, int From, int To)> _wires = [];
    private int _function;

    /// <summary>Starts a function: names of wires begin anew.</summary>
    public void NextFunction() => _function++;

    /// <summary>Notes that a wire is read.</summary>
    /// <param name="wire">Its text.</param>
    /// <param name="bits">Its bits, as often as it stands in the hardware.</param>
    /// <param name="from">Adders on the longest way to it.</param>
    /// <param name="to">Level of the adder that reads it.</param>
    public void Read(string wire, long bits, int from, int to)
    {
        var known = _wires.GetValueOrDefault((_function, wire));
        _wires[(_function, wire)] = (bits, from, Math.Max(known.To, to));
    }

    /// <summary>Bits that are made at a level or before, and read behind it.</summary>
    public long Behind(int level) => _wires.Values.Where(wire => wire.From <= level && level < wire.To).Sum(wire => wire.Bits);
}
