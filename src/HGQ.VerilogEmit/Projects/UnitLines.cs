using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Streams;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>The registers and memories of a unit's line as statements, and what their bits are called.</summary>
internal sealed class UnitLines
{
    private readonly UnitPlan _plan;
    private readonly IReadOnlyList<(Bit[] Bits, bool Signed)> _elements;
    private readonly List<string> _declared = [];
    private readonly List<string> _moved = [];

    // Per group: the vectors of neighbouring places, the newest place first.
    private readonly List<List<(string Name, int Newest, int Oldest)>> _runs = [];

    /// <summary>Makes the statements.</summary>
    /// <param name="plan">The unit.</param>
    /// <param name="elements">Bits of each element that the inputs bring, and whether it has a sign.</param>
    public UnitLines(UnitPlan plan, IReadOnlyList<(Bit[] Bits, bool Signed)> elements)
    {
        (_plan, _elements) = (plan, elements);
        foreach (int delay in plan.Storage.MemoryDelays)
        {
            int states = delay - 1, bits = Math.Max(1, PositionGrid.Bits(states));
            _declared.Add(Invariant($"  reg [{bits - 1}:0] at{delay} = {bits}'d0;"));
            _moved.Add(Invariant($"    at{delay} <= at{delay} == {bits}'d{states - 1} ? {bits}'d0 : at{delay} + {bits}'d1;"));
        }

        for (int group = 0; group < plan.Storage.Groups.Length; group++)
        {
            AddGroup(group, plan.Storage.Groups[group]);
        }
    }

    /// <summary>The statements.</summary>
    public IReadOnlyList<string> Lines => _moved.Count == 0 ? []
        : ["", "  // What the window spans: registers from place to place, memories over longer ways; the oldest place is lowest.",
            .. _declared,
            "  always @(posedge clk) if (step) begin", .. _moved, "  end", ""];

    /// <summary>A bit at a place of the window.</summary>
    /// <param name="group">Index of the bit's group.</param>
    /// <param name="index">Index of the bit in it.</param>
    /// <param name="slot">The place.</param>
    public Bit At(int group, int index, int slot)
    {
        var (name, _, oldest) = _runs[group].First(run => slot <= run.Newest && slot >= run.Oldest);
        return new Bit(name, ((slot - oldest) * _plan.Storage.Groups[group].Bits.Length) + index);
    }

    private void AddGroup(int group, LineGroup line)
    {
        int width = line.Bits.Length;
        string from = Invariant($"line{group}_in");
        _declared.Add(Invariant($"  wire [{width - 1}:0] {from} = {Entry(line)};"));
        var runs = new List<(string Name, int Newest, int Oldest)>();
        int place = _plan.Unit.Line.Length;
        for (int first = 0, end; first < line.Steps.Length; first = end)
        {
            for (end = first + 1; end < line.Steps.Length && !line.Steps[end].InMemory;)
            {
                end++;
            }

            var step = line.Steps[first];
            int newest = step.InMemory ? step.Slot : place - 1, oldest = line.Steps[end - 1].Slot, count = newest - oldest + 1;
            if (step.InMemory)
            {
                string memory = Invariant($"memory{group}_{step.Slot}");
                _declared.Add(Invariant($"  reg [{width - 1}:0] {memory} [0:{step.Delay - 2}];"));
                _moved.Add(Invariant($"    {memory}[at{step.Delay}] <= {from};"));
                from = Invariant($"{memory}[at{step.Delay}]");
            }

            string name = Invariant($"line{group}_{oldest}");
            _declared.Add(Invariant($"  reg [{(count * width) - 1}:0] {name};"));
            _moved.Add(count == 1 ? $"    {name} <= {from};"
                : Invariant($"    {name} <= {{{from}, {name}[{(count * width) - 1}:{width}]}};"));
            runs.Add((name, newest, oldest));
            from = Invariant($"{name}[{width - 1}:0]");
            place = oldest;
        }

        _runs.Add(runs);
    }

    // What comes, or padding.
    private string Entry(LineGroup line)
    {
        string comes = Bit.Join([.. line.Bits.Select(Source)], 4);
        var padding = _plan.Unit.Line.Padding;
        if (padding.Length == 0)
        {
            return comes;
        }

        Bit[] pads = [.. line.Bits.Select(bit => ((padding[bit.Channel] >> bit.Bit) & 1) == 0 ? Bit.Zero : Bit.One)];
        return pads.All(bit => bit == Bit.Zero) ? Invariant($"{comes} & {{{line.Bits.Length}{{comes}}}}")
            : $"comes ? {comes} : {Bit.Join(pads, 4)}";
    }

    private Bit Source(LineBit bit)
    {
        var (bits, signed) = _elements[bit.Channel];
        return bit.Bit < bits.Length ? bits[bit.Bit] : signed && bits.Length > 0 ? bits[^1] : Bit.Zero;
    }
}
