using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// The sums of a plan in functions of bounded size: which sums each has, and which shared parts are computed before each of them.
/// </summary>
internal sealed class SumParts
{
    private readonly SumPlan _plan;
    private readonly int[] _homes;

    private SumParts(SumPlan plan)
    {
        _plan = plan;
        _homes = Enumerable.Repeat(-1, plan.Count).ToArray();
    }

    /// <summary>Sums of each function, each with the operands that are computed first.</summary>
    public List<List<(int Row, IReadOnlyList<int> First)>> Functions { get; } = [];

    /// <summary>Adders of each function.</summary>
    public List<int> Adders { get; } = [];

    /// <summary>Operands that each function computes and others read.</summary>
    public List<SortedSet<int>> Passed { get; } = [];

    /// <summary>Spreads the sums: a function takes as many of them, with the parts that no function has computed yet, as fit.</summary>
    /// <param name="plan">The sums.</param>
    /// <param name="written">Given operands that statements compute; each is computed once as well.</param>
    /// <param name="most">Adders of a function.</param>
    public static SumParts Of(SumPlan plan, IReadOnlySet<int> written, int most)
    {
        var parts = new SumParts(plan);
        foreach (var row in plan.Order)
        {
            parts.Add(row, written, most);
        }

        return parts;
    }

    /// <summary>Function that computes an operand; −1 of what every function has.</summary>
    public int Home(int id) => _homes[id];

    private void Add(int row, IReadOnlySet<int> written, int most)
    {
        var first = new SortedSet<int>();
        foreach (var term in _plan.Rows[row])
        {
            Collect(term.Id, written, first);
        }

        var adders = first.Sum(AddersOf) + _plan.Own(row);
        if (Functions.Count == 0 || (Adders[^1] > 0 && Adders[^1] + adders > most))
        {
            Functions.Add([]);
            Adders.Add(0);
            Passed.Add([]);
        }

        Functions[^1].Add((row, first.ToArray()));
        Adders[^1] += adders;
        foreach (var id in first.Concat(_plan.ReadAs(row) is { } read ? [read] : []))
        {
            _homes[id] = Functions.Count - 1;
        }

        foreach (var id in first.SelectMany(TermsOf).Concat(_plan.Rows[row]).Select(term => term.Id))
        {
            if (_homes[id] >= 0 && _homes[id] < Functions.Count - 1)
            {
                Passed[_homes[id]].Add(id);
            }
        }
    }

    private void Collect(int id, IReadOnlySet<int> written, SortedSet<int> first)
    {
        if (_homes[id] >= 0 || (id < _plan.FirstShared && !written.Contains(id)) || !first.Add(id))
        {
            return;
        }

        foreach (var term in TermsOf(id))
        {
            Collect(term.Id, written, first);
        }
    }

    private IReadOnlyList<SumTerm> TermsOf(int id) => id < _plan.FirstShared ? [] : _plan.Shared[id - _plan.FirstShared];

    // A product counts like an adder.
    private int AddersOf(int id) => Math.Max(1, TermsOf(id).Count - 1);
}
