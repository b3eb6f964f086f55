using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// A sum as a tree of adders, as flat as its terms allow, each as wide as its interval needs. Neighbours in shift are added first: a common
/// shift is wiring, so the adders stay narrow. Up to four operands share a statement.
/// </summary>
/// <param name="kernel">Function that is written.</param>
/// <param name="modulus">Bits of the result: no adder needs more, since a sum is exact modulo any power of two.</param>
internal sealed class AdderTree(KernelWriter kernel, int modulus)
{
    /// <summary>Most operands in one statement.</summary>
    private const int StatementLeaves = 4;

    /// <summary>Writes the adders of an element, and gives its text, fit to be assigned to a wire of the result's type.</summary>
    public string Sum(IEnumerable<AdderTerm> summands, BufferPlace place)
    {
        var (text, part) = Sum(summands);
        kernel.Wires.AddResult(place, part);
        return text;
    }

    /// <summary>The same for a part of an element, and what the text stands for.</summary>
    public (string Text, WirePart Part) Sum(IEnumerable<AdderTerm> summands)
    {
        var terms = summands.Where(term => term.Shift < modulus).ToList();
        if (terms.Count == 0)
        {
            return ("0", new WirePart(Operand.Of(0), 0, false));
        }

        return Final(Whole(terms));
    }

    /// <summary>Writes the adders of a sum that several statements read, and gives it a name.</summary>
    public AdderTerm Shared(IEnumerable<AdderTerm> summands) => Named(Whole(summands.ToList()));

    private AdderTerm Whole(List<AdderTerm> terms)
    {
        while (terms.Count > 1)
        {
            terms = Level(terms);
        }

        return terms[0];
    }

    // The terms behind the fewest adders are added, so that the whole is no deeper than it must be; the others wait.
    private List<AdderTerm> Level(List<AdderTerm> terms)
    {
        var sorted = terms.OrderBy(term => term.Depth).ThenBy(term => term.Shift).ThenBy(term => term.Operand.Type.Width).ToList();
        var ready = Math.Max(2, sorted.FindLastIndex(term => term.Depth == sorted[0].Depth) + 1) / 2 * 2;
        var next = new List<AdderTerm>(sorted.Count);
        for (var i = 0; i < ready; i += 2)
        {
            next.Add(Add(sorted[i], sorted[i + 1], last: sorted.Count == 2));
        }

        next.AddRange(sorted.Skip(ready));
        return next;
    }

    private AdderTerm Add(AdderTerm a, AdderTerm b, bool last)
    {
        if (a.Leaves + b.Leaves > StatementLeaves)
        {
            a = Named(a);
            b = Named(b);
        }

        // −a + b is b − a; −a − b is −(a + b), and the minus goes on to the next adder.
        if (a.Negative && !b.Negative)
        {
            (a, b) = (b, a);
        }

        var subtract = a.Negative != b.Negative;
        var shift = Math.Min(a.Shift, b.Shift);
        var left = a.Operand.Interval.ShiftLeft(a.Shift - shift);
        var right = b.Operand.Interval.ShiftLeft(b.Shift - shift);
        var interval = subtract ? left - right : left + right;
        var type = Limited(interval, shift);
        var (leftText, leftPart) = Shifted(a, shift);
        var (rightText, rightPart) = Shifted(b, shift);
        var node = WireNode.Sum(leftPart, rightPart with { Negative = subtract });
        kernel.Wires.Add(node, type, interval);
        kernel.Cost.CountAdder(left, right, Math.Abs(a.Shift - b.Shift), type);
        var depth = Math.Max(a.Depth, b.Depth) + 1;
        kernel.Cost.Reach(depth);
        kernel.Cost.Read(a.Operand, a.Depth, depth);
        kernel.Cost.Read(b.Operand, b.Depth, depth);
        var sum = new AdderTerm(new Operand($"({leftText} {(subtract ? '-' : '+')} {rightText})", type, interval, node), shift, a.Negative, depth, a.Leaves + b.Leaves);
        return last || sum.Leaves < StatementLeaves ? sum : Named(sum);
    }

    /// <summary>Gives a sum that is still an expression a name and a type.</summary>
    private AdderTerm Named(AdderTerm term) => term.Leaves == 1
        ? term
        : term with { Operand = term.Operand with { Text = kernel.Define(term.Operand.Type, Bare(term.Operand.Text)) }, Leaves = 1 };

    private (string Text, WirePart Part) Final(AdderTerm term)
    {
        var (text, part) = Shifted(term, 0);
        text = term.Leaves > 1 && term.Shift == 0 && !term.Negative ? Bare(term.Operand.Text) : text;
        return (term.Negative ? "-" + text : text, part with { Negative = term.Negative });
    }

    private WireType Limited(RawInterval interval, int shift)
    {
        var type = WireType.For(interval);
        return type.Width <= modulus - shift ? type with { Width = Math.Max(1, type.Width) } : new WireType(true, modulus - shift);
    }

    private (string Text, WirePart Part) Shifted(AdderTerm term, int common)
    {
        var bits = term.Shift - common;
        if (bits == 0)
        {
            return (term.Operand.Text, new WirePart(term.Operand, 0, false));
        }

        if (term.Operand.IsConstant)
        {
            var constant = Operand.Of(term.Operand.Interval.Low << bits);
            return (constant.Text, new WirePart(constant, 0, false));
        }

        // A shift keeps its operand's type, so the operand is widened first: to what its own values need (a difference can be
        // narrower than its terms), with one bit more where the wire has a sign that the values have not, and never beyond the
        // modulus.
        var type = term.Operand.Type;
        var own = WireType.For(term.Operand.Interval.ShiftLeft(bits));
        var needed = own.Width + (type.Signed && !own.Signed ? 1 : 0);
        var wide = type with { Width = Math.Min(type.Width + bits, Math.Max(Math.Min(needed, modulus - common), bits + 1)) };
        var shifted = kernel.Wires.AddShifted(term.Operand, bits, wide);
        return ($"({kernel.Cpp(wide)}({Bare(term.Operand.Text)}) << {bits})", new WirePart(shifted, 0, false));
    }

    private static string Bare(string text) => text[0] == '(' && text[^1] == ')' && Closes(text) ? text[1..^1] : text;

    /// <summary>Whether the first parenthesis is closed by the last character.</summary>
    private static bool Closes(string text)
    {
        var open = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (open == 0)
            {
                return false;
            }
        }

        return true;
    }
}
