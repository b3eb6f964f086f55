using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Writes the additions of a group: each source is read once, its multiples are formed or read, then added to the accumulators
/// <c>a0</c>, <c>a1</c>, ….
/// </summary>
/// <param name="Code">The lanes that are added in.</param>
/// <param name="Writer">The method's text.</param>
/// <param name="Shape">The vectors.</param>
/// <param name="Group">The group.</param>
/// <param name="Kept">Multiples that the groups before, and this one, keep.</param>
/// <param name="Number">Number of the group among those that keep multiples together.</param>
/// <param name="Read">An expression that reads a source.</param>
internal sealed record UnrolledTerms(
    LaneCode Code, SourceWriter Writer, KernelShape Shape, UnrolledGroup Group, MultipleCache Kept, int Number, Func<int, string> Read)
{
    private readonly HashSet<int> _unset = new();

    /// <summary>
    /// Declares the accumulator of a result. One that would start as 0 is set by its first term: from a vector that is 0, less x, plus y,
    /// the optimiser of .NET 10 makes y − x, and may compute y with a constant that is loaded only for x.
    /// </summary>
    public void Declare(int output, string start)
    {
        bool isSet = start != Code.Constant(0) || !Group.HasTerms(output);
        Writer.Line($"{Code.ValueType} a{output}{(isSet ? " = " + start : string.Empty)};");
        if (!isSet)
        {
            _unset.Add(output);
        }
    }

    /// <summary>Says how many additions there are.</summary>
    public static string Comment(UnrolledGroup group) => $"{Literal.Of(group.TermCount)} terms in {Literal.Of(group.Additions)} additions";

    public void Write()
    {
        string[] names = Group.Sources.SelectMany(source => Factors(source).Select(Multiples.NameOf).Concat(IsRead(source) ? new[] { "x" } : Array.Empty<string>()))
            .Concat(Group.Sums.Count > 0 ? new[] { "sum" } : Array.Empty<string>())
            .Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray();
        if (names.Length > 0)
        {
            Writer.Line($"{Code.ValueType} {string.Join(", ", names)};");
        }

        foreach (int source in Group.Sources)
        {
            WriteMultiples(source);
            WriteAdditions(source);
        }
    }

    // The multiples that are added, and those that are kept for others.
    private ulong[] Factors(int source)
    {
        var formed = Kept.FormedBy(Number, source);
        ulong[] own = Group.FactorsOf(source);
        return formed.Count == 0 ? own : own.Concat(formed).Distinct().ToArray();
    }

    // Whether the source itself is needed: for a multiple that no earlier group has kept.
    private bool IsRead(int source) => Factors(source).Any(factor => !Kept.IsKeptBefore(Number, source, factor));

    // The source and its multiples: those of earlier groups are loaded, the others formed.
    private void WriteMultiples(int source)
    {
        ulong[] factors = Factors(source), kept = factors.Where(factor => Kept.IsKeptBefore(Number, source, factor)).ToArray();
        var statements = kept.OrderBy(factor => factor).Select(factor => $"{Multiples.NameOf(factor)} = {Load(source, factor)};").ToList();
        if (factors.Length > kept.Length)
        {
            statements.Insert(0, $"x = {Read(source)};");
            statements.AddRange(Multiples.Form(Code, factors.Except(kept), kept).Select(multiple => multiple + ";"));
        }

        statements.AddRange(Kept.FormedBy(Number, source).Select(factor => Store(source, factor)));
        Writer.Line(string.Join(" ", statements));
    }

    private void WriteAdditions(int source)
    {
        string space = string.Empty;
        foreach (var sum in Group.SumsEndingAt(source))
        {
            string low = sum.LowFactor == 1 ? Read(sum.Low) : Load(sum.Low, sum.LowFactor);
            Writer.Append($"{space}sum = {low} {(sum.HighFactor < 0 ? "-" : "+")} {Multiples.NameOf(ProductTerm.MagnitudeOf(sum.HighFactor))};");
            foreach (var (output, negative) in sum.Users)
            {
                Writer.Append($" {Added(output, negative)}sum;");
            }

            space = " ";
        }

        foreach (var term in Group.TermsOf(source))
        {
            Writer.Append($"{space}{Added(term.Output, term.Factor < 0)}{Multiples.NameOf(term.Magnitude)};");
            space = " ";
        }

        if (space.Length > 0)
        {
            Writer.EndLine();
        }
    }

    private string Load(int source, ulong factor) => $"{Shape.Vector}.LoadUnsafe(ref m, {Place(source, factor)})";

    private string Store(int source, ulong factor)
        => $"{Shape.Vector}.StoreUnsafe({Multiples.NameOf(factor)}, ref m, {Place(source, factor)});";

    private string Place(int source, ulong factor) => Literal.Of(Kept.PlaceOf(source, factor) * Shape.Lanes);

    private string Added(int output, bool negative) => _unset.Remove(output)
        ? $"a{output} = {(negative ? "-" : string.Empty)}"
        : $"a{output} {(negative ? "-=" : "+=")} ";
}
