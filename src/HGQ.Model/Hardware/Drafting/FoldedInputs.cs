using System;
using System.Collections.Generic;

namespace HGQ.Model.Hardware.Drafting;

/// <summary>Literals as the signals behind them: constants gone, each signal once, in rising order.</summary>
internal sealed class FoldedInputs
{
    // A choice of literals is an int that is not negative.
    public const int MostLiterals = 31;

    private readonly IReadOnlyList<int> _literals;

    private FoldedInputs(IReadOnlyList<int> literals, int[] signals)
    {
        _literals = literals;
        Signals = signals;
    }

    /// <summary>The signals.</summary>
    public int[] Signals { get; }

    public static FoldedInputs Of(IReadOnlyList<int> literals)
    {
        var signals = new SortedSet<int>();
        foreach (int literal in literals)
        {
            if (literal >= 2)
            {
                signals.Add(Literal.SignalOf(literal));
            }
        }

        var array = new int[signals.Count];
        signals.CopyTo(array);
        return new FoldedInputs(literals, array);
    }

    /// <summary>The values of the literals, literal 0 lowest, for a choice of the signals.</summary>
    /// <exception cref="InvalidOperationException">They are more than an int has bits.</exception>
    public int LiteralsAt(int choice)
    {
        if (_literals.Count > MostLiterals)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"a choice of {_literals.Count} literals does not fit an int"));
        }

        var index = 0;
        for (var n = 0; n < _literals.Count; n++)
        {
            int literal = _literals[n];
            int bit = literal < 2 ? 0 : (choice >> Array.BinarySearch(Signals, Literal.SignalOf(literal))) & 1;
            index |= (bit ^ (literal & 1)) << n;
        }

        return index;
    }

    /// <summary>A function of the literals as a table over the signals.</summary>
    public ulong Table(Func<int, bool> function)
    {
        if (Signals.Length > 6)
        {
            throw new ArgumentException(FormattableString.Invariant($"a LUT has six inputs, not {Signals.Length}"));
        }

        ulong table = 0;
        for (var choice = 0; choice < 1 << Signals.Length; choice++)
        {
            table |= (function(LiteralsAt(choice)) ? 1UL : 0) << choice;
        }

        return table;
    }
}
