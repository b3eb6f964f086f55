using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>A chain whose positions add up windows of bits (docs/hardware-network.md §4): keeps what the columns below left over.</summary>
internal sealed class WindowedChain
{
    private readonly ChainDraft _chain;

    // The window: its bits, and for each choice of them (bit 0 lowest) the number that they add to the column.
    private readonly List<int> _literals = new();
    private int[] _numbers = { 0 };

    public WindowedChain(NetlistDraft draft, int carryIn) => _chain = new ChainDraft(draft, carryIn);

    /// <summary>Takes up a column without a position: only its carry counts.</summary>
    public void Free(int[] bits, int constant)
    {
        Join(bits, constant);
        Carry();
    }

    /// <summary>Adds a position.</summary>
    /// <param name="kind">How it takes up what is left over.</param>
    /// <param name="bits">Bits that join the window.</param>
    /// <param name="constant">The constant 1, where it is added.</param>
    /// <param name="alone">A bit that is added at this position only, or <see cref="Literal.Unread"/>.</param>
    public void Step(ChainStepKind kind, int[] bits, int constant, int alone)
    {
        switch (kind)
        {
            case ChainStepKind.Merge:
                Join(bits, constant);
                Place(1, alone);
                Carry();
                break;
            case ChainStepKind.Split:
                Split(bits, constant);
                break;
            case ChainStepKind.Absorb:
                Join(Array.Empty<int>(), constant);
                Place(3, alone);
                Forget();
                break;
            case ChainStepKind.Top:
                Join(bits, constant);
                int[] numbers = _numbers;
                _chain.AddTop(_literals.ToArray(), choice => (numbers[choice] & 1) == 1);
                Forget();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such position.");
        }

        if (_numbers.All(number => number == 0))
        {
            Forget();
        }
    }

    /// <summary>Ends the chain; gives the sums and, where it is read, the carry.</summary>
    public int[] Finish(bool carryOut) => _chain.Finish(carryOut);

    private void Split(int[] bits, int constant)
    {
        int[] numbers = _numbers;
        int old = _literals.Count;
        _chain.Add(
            _literals.Concat(bits).ToArray(),
            choice => numbers[choice & ((1 << old) - 1)] + ((Ones(choice >> old) + constant) & 1));
        Forget();
        Join(bits, constant);
        Carry();
    }

    private void Place(int mask, int alone)
    {
        int[] numbers = _numbers, literals = _literals.ToArray();
        int Number(int choice) => numbers[choice] & mask;
        if (alone == Literal.Unread)
        {
            _chain.Add(literals, Number);
        }
        else if (Literal.IsInverted(alone))
        {
            int at = literals.Length;
            _chain.Add(literals.Concat(new[] { alone }).ToArray(), choice => Number(choice & ((1 << at) - 1)) + (choice >> at));
        }
        else
        {
            _chain.AddPlain(literals, Number, alone);
        }
    }

    private void Join(int[] bits, int constant)
    {
        int[] numbers = _numbers;
        int old = _literals.Count;
        _literals.AddRange(bits);
        _numbers = Enumerable.Range(0, 1 << _literals.Count)
            .Select(choice => numbers[choice & ((1 << old) - 1)] + Ones(choice >> old) + constant).ToArray();
    }

    // To the next column, where everything counts half as much: what a window was long ago does not matter.
    private void Carry() => _numbers = _numbers.Select(number => number >> 1).ToArray();

    private void Forget()
    {
        _literals.Clear();
        _numbers = new[] { 0 };
    }

    /// <summary>Bits that are 1.</summary>
    public static int Ones(int choice)
    {
        var ones = 0;
        for (; choice != 0; choice &= choice - 1)
        {
            ones++;
        }

        return ones;
    }
}
