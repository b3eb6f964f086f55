using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// What a unit keeps of the positions that pass: bits that the circuit reads at the same places of the window are one group. From place
/// to place bits move through registers, over longer ways through a memory and a register behind it.
/// </summary>
/// <param name="Groups">The groups.</param>
public sealed record LineStorage(EquatableArray<LineGroup> Groups)
{
    /// <summary>Positions from which on a memory delays instead of registers.</summary>
    public const int LeastMemoryDelay = 6;

    /// <summary>Register bits, those that count through memories included.</summary>
    public int Registers => Groups.Sum(group => group.Steps.Sum(step => group.Bits.Length * (step.InMemory ? 1 : step.Delay)))
        + MemoryDelays.Sum(delay => PositionGrid.Bits(delay - 1));

    /// <summary>Bits of memories.</summary>
    public long MemoryBits => Groups.Sum(group => group.Steps.Sum(step => step.InMemory ? (long)group.Bits.Length * (step.Delay - 1) : 0));

    /// <summary>The different delays of memories; each has a counter.</summary>
    public IEnumerable<int> MemoryDelays => Groups.SelectMany(group => group.Steps).Where(step => step.InMemory).Select(step => step.Delay)
        .Distinct().OrderBy(delay => delay);

    /// <summary>What is kept for a circuit.</summary>
    public static LineStorage Of(StreamUnit unit)
    {
        var line = unit.Line;
        var used = new HashSet<int>(unit.Circuit.Cells.SelectMany(cell => CellSignals.Of(cell).Read)
            .Concat(unit.Circuit.Outputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals)));
        var slots = new SortedDictionary<(int Channel, int Bit), List<int>>();
        var elements = unit.Circuit.Inputs.SelectMany(port => port.Elements).ToArray();
        for (var w = 0; w < line.Window.Length; w++)
        {
            int slot = line.Window[w] / line.Formats.Length, channel = line.Window[w] % line.Formats.Length;
            for (var bit = 0; bit < elements[w].Signals.Length; bit++)
            {
                if (used.Contains(elements[w].Signals[bit]))
                {
                    if (!slots.TryGetValue((channel, bit), out var places))
                    {
                        slots[(channel, bit)] = places = new List<int>();
                    }

                    places.Insert(0, slot);
                }
            }
        }

        return new LineStorage(slots.GroupBy(pair => string.Join(",", pair.Value)).Select(group => new LineGroup(
            group.Select(pair => new LineBit(pair.Key.Channel, pair.Key.Bit)).ToArray(), Steps(group.First().Value, line.Length)))
                .ToArray());
    }

    private static LineStep[] Steps(IReadOnlyList<int> slots, int length)
    {
        int before = length;
        return slots.Select(slot =>
        {
            int delay = before - slot;
            before = slot;
            return new LineStep(slot, delay);
        }).ToArray();
    }
}

/// <summary>Bits that are read at the same places of the window.</summary>
/// <param name="Bits">The bits of a position.</param>
/// <param name="Steps">The places, the newest first.</param>
public sealed record LineGroup(EquatableArray<LineBit> Bits, EquatableArray<LineStep> Steps);

/// <summary>A bit of a position.</summary>
/// <param name="Channel">Element of the position.</param>
/// <param name="Bit">Its bit, 0 the lowest.</param>
public readonly record struct LineBit(int Channel, int Bit);

/// <summary>A place of the window that is read.</summary>
/// <param name="Slot">The place; 0 is the oldest position of the window.</param>
/// <param name="Delay">Positions between it and the place before; of the first one, between it and what comes.</param>
public readonly record struct LineStep(int Slot, int Delay)
{
    /// <summary>Whether a memory delays; else registers do.</summary>
    public bool InMemory => Delay >= LineStorage.LeastMemoryDelay;
}
