using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>A sum of a folded product as a balanced tree of adders, whose wires are as wide as the widest of all phases.</summary>
/// <param name="kernel">Function that is written.</param>
/// <param name="modulus">Bits of the result: no adder needs more.</param>
internal sealed class FoldTree(KernelWriter kernel, int modulus)
{
    /// <summary>Type of a wire that holds an interval times a power of two modulo the result.</summary>
    public static WireType Limited(RawInterval interval, int bits)
    {
        var type = WireType.For(interval);
        return type.Width <= bits ? type with { Width = Math.Max(1, type.Width) } : new WireType(true, bits);
    }

    /// <summary>Writes the adders; gives the text, and what it stands for in each phase.</summary>
    public (string Text, IReadOnlyList<WirePart> Phases) Sum(IReadOnlyList<FoldTerm> summands)
    {
        var terms = summands.Where(term => term.Shift < modulus).ToList();
        while (terms.Count > 1)
        {
            var sorted = terms.OrderBy(term => term.Depth).ThenBy(term => term.Shift).ThenBy(term => term.Type.Width).ToList();
            terms = sorted.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : Add(pair[0], pair[1])).ToList();
        }

        return Shifted(terms[0], 0);
    }

    private FoldTerm Add(FoldTerm a, FoldTerm b)
    {
        var shift = Math.Min(a.Shift, b.Shift);
        var (left, right) = (a.Hull.ShiftLeft(a.Shift - shift), b.Hull.ShiftLeft(b.Shift - shift));
        var type = Limited(left + right, modulus - shift);
        var (leftText, leftParts) = Shifted(a, shift);
        var (rightText, rightParts) = Shifted(b, shift);
        var name = kernel.Define(type, $"{leftText} + {rightText}");
        kernel.Cost.CountAdder(left, right, Math.Abs(a.Shift - b.Shift), type);
        var depth = Math.Max(a.Depth, b.Depth) + 1;
        kernel.Cost.Reach(depth);
        foreach (var term in new[] { a, b })
        {
            kernel.Cost.Read(new Operand(term.Text, term.Type, term.Hull), term.Depth, depth);
        }

        var phases = a.Phases.Select((_, phase) =>
        {
            var interval = a.Phases[phase].Interval.ShiftLeft(a.Shift - shift) + b.Phases[phase].Interval.ShiftLeft(b.Shift - shift);
            if (interval.IsPoint)
            {
                return Operand.Of(interval.Low);
            }

            var node = WireNode.Sum(leftParts[phase], rightParts[phase]);
            kernel.Wires.Add(node, type, interval);
            return new Operand(name, type, interval, node);
        }).ToArray();
        return new FoldTerm(name, type, shift, depth, phases);
    }

    private (string Text, IReadOnlyList<WirePart> Phases) Shifted(FoldTerm term, int common)
    {
        var bits = term.Shift - common;
        if (bits == 0)
        {
            return (term.Text, term.Phases.Select(phase => new WirePart(phase, 0, false)).ToArray());
        }

        // A shift keeps its operand's type, so the operand is widened first: to what its values need, never beyond the modulus.
        var own = WireType.For(term.Hull.ShiftLeft(bits));
        var needed = own.Width + (term.Type.Signed && !own.Signed ? 1 : 0);
        var wide = term.Type with { Width = Math.Min(term.Type.Width + bits, Math.Max(Math.Min(needed, modulus - common), bits + 1)) };
        var parts = term.Phases.Select(phase => phase.IsConstant
            ? new WirePart(Operand.Of(phase.Interval.Low << bits), 0, false)
            : new WirePart(kernel.Wires.AddShifted(phase, bits, wide), 0, false)).ToArray();
        return ($"({kernel.Cpp(wide)}({term.Text}) << {FormattableString.Invariant($"{bits}")})", parts);
    }
}
