using System;
using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Drafting;

/// <summary>A carry chain under construction: each position adds a number from 0 to 2 that is a function of up to five bits, or of six where the last only adds.</summary>
internal sealed class ChainDraft
{
    private readonly NetlistDraft _draft;
    private readonly int _carryIn;
    private readonly List<int> _selects = new();
    private readonly List<int> _data = new();
    private readonly List<LutCell> _luts = new();
    private int _level;

    /// <summary>Begins a chain.</summary>
    /// <param name="draft">Where it goes.</param>
    /// <param name="carryIn">Literal of the first carry, not an inverted signal.</param>
    public ChainDraft(NetlistDraft draft, int carryIn)
    {
        _draft = draft;
        _carryIn = carryIn;
        _level = draft.LevelOf(carryIn);
        if (carryIn >= 2 && Literal.IsInverted(carryIn))
        {
            throw new ArgumentException("a carry cannot be read inverted");
        }
    }

    /// <summary>Positions so far.</summary>
    public int Length => _selects.Count;

    /// <summary>Adds a position.</summary>
    /// <param name="literals">What the number depends on.</param>
    /// <param name="number">Number for each choice of the literals, literal 0 lowest: 0, 1 or 2.</param>
    public void Add(IReadOnlyList<int> literals, Func<int, int> number)
    {
        var folded = FoldedInputs.Of(literals);
        Place(folded, choice => number(folded.LiteralsAt(choice)));
    }

    /// <summary>Adds a position of six inputs: a function in {0, 1} of five bits plus one bit, not inverted.</summary>
    public void AddPlain(IReadOnlyList<int> literals, Func<int, int> number, int plain)
    {
        var folded = FoldedInputs.Of(literals);
        int signal = Literal.SignalOf(plain);
        if (folded.Signals.Length < 5 || Array.IndexOf(folded.Signals, signal) >= 0)
        {
            int at = literals.Count;
            var all = new List<int>(literals) { plain };
            Add(all, choice => number(choice & ((1 << at) - 1)) + ((choice >> at) & 1));
            return;
        }

        // I5 = 0: select and data are both the function, so a 1 is a select; I5 = 1: select is its inverse, data still the function.
        ulong function = folded.Table(choice => number(choice) != 0);
        var inputs = new int[6];
        folded.Signals.CopyTo(inputs, 0);
        inputs[5] = signal;
        Place(inputs, function | (~function << 32), true);
    }

    /// <summary>Adds the highest position, whose carry nobody reads: the parity of up to six bits.</summary>
    public void AddTop(IReadOnlyList<int> literals, Func<int, bool> parity)
    {
        var folded = FoldedInputs.Of(literals);
        ulong table = folded.Table(parity);
        Place(folded.Signals, folded.Signals.Length == 6 ? table : table << 32, false);
    }

    /// <summary>Ends the chain.</summary>
    /// <param name="carryOut">Whether the last carry is read.</param>
    /// <returns>Literals of the sums, and of the last carry where it is read.</returns>
    public int[] Finish(bool carryOut)
    {
        var sums = new int[_selects.Count];
        var results = new int[_selects.Count + (carryOut ? 1 : 0)];
        foreach (var lut in _luts)
        {
            _draft.Add(lut);
        }

        for (var n = 0; n < results.Length; n++)
        {
            int signal = _draft.NewSignal(_level + 1);
            results[n] = Literal.Of(signal);
            if (n < sums.Length)
            {
                sums[n] = signal;
            }
        }

        int carry = carryOut ? Literal.SignalOf(results[sums.Length]) : -1;
        _draft.Add(new CarryChainCell(
            _draft.Layer, _carryIn < 2 ? _carryIn : Literal.SignalOf(_carryIn), _selects.ToArray(), _data.ToArray(), sums, carry));
        return results;
    }

    private void Place(FoldedInputs folded, Func<int, int> number)
    {
        if (folded.Signals.Length > 5)
        {
            throw new ArgumentException(FormattableString.Invariant($"a position adds a function of five bits, not of {folded.Signals.Length}"));
        }

        ulong select = 0, data = 0;
        for (var choice = 0; choice < 1 << folded.Signals.Length; choice++)
        {
            int value = number(choice);
            select |= (value == 1 ? 1UL : 0) << choice;
            data |= (value == 2 ? 1UL : 0) << choice;
            if (value is < 0 or > 2)
            {
                throw new ArgumentException(FormattableString.Invariant($"a position adds 0, 1 or 2, not {value}"));
            }
        }

        Place(folded.Signals, data | (select << 32), true);
    }

    private void Place(int[] signals, ulong init, bool data)
    {
        if (signals.Length == 0)
        {
            _selects.Add((int)((init >> 32) & 1));
            _data.Add((int)(init & 1));
            return;
        }

        int select = _draft.NewSignal(0), dataSignal = data ? _draft.NewSignal(0) : -1;
        _luts.Add(new LutCell(_draft.Layer, LutRole.Chain, signals, init, select, dataSignal));
        _selects.Add(select);
        _data.Add(data ? dataSignal : 0);
        foreach (int signal in signals)
        {
            _level = Math.Max(_level, _draft.LevelOf(Literal.Of(signal)));
        }
    }
}
