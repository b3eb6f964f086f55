using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>A chain whose positions add up windows of bits (docs/hardware-network.md §4): keeps what the columns below left over.</summary>
internal sealed class WindowedChain
{
    private readonly ChainDraft _chain;

    // The window: its bits with weights, in units of the column where it began, and how many columns ago that was.
    private readonly List<int> _literals = new();
    private readonly List<int> _weights = new();
    private int _constant;
    private int _age;

    public WindowedChain(NetlistDraft draft, int carryIn) => _chain = new ChainDraft(draft, carryIn);

    /// <summary>Takes up a column without a position: only its carry counts.</summary>
    public void Free(int[] bits, int constant)
    {
        Join(bits, constant);
        _age++;
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
                Place(Snapshot(), 1, alone);
                _age++;
                break;
            case ChainStepKind.Split:
                Split(bits, constant);
                break;
            case ChainStepKind.Absorb:
                _constant += constant << _age;
                Place(Snapshot(), 3, alone);
                Forget();
                break;
            case ChainStepKind.Top:
                Join(bits, constant);
                var (literals, weights, rest, age) = Snapshot();
                _chain.AddTop(literals, choice => ((Total(weights, rest, choice) >> age) & 1) == 1);
                Forget();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such position.");
        }

        if ((_weights.Sum() + _constant) >> _age == 0)
        {
            Forget();
        }
    }

    /// <summary>Ends the chain; gives the sums and, where it is read, the carry.</summary>
    public int[] Finish(bool carryOut) => _chain.Finish(carryOut);

    private void Split(int[] bits, int constant)
    {
        var (literals, weights, rest, age) = Snapshot();
        int old = literals.Length;
        _chain.Add(literals.Concat(bits).ToArray(), choice =>
            (Total(weights, rest, choice & ((1 << old) - 1)) >> age) + ((Ones(choice >> old) + constant) & 1));
        Forget();
        Join(bits, constant);
        _age = 1;
    }

    private void Place((int[] Literals, int[] Weights, int Constant, int Age) window, int mask, int alone)
    {
        int Number(int choice) => (Total(window.Weights, window.Constant, choice) >> window.Age) & mask;
        if (alone == Literal.Unread)
        {
            _chain.Add(window.Literals, Number);
        }
        else if (Literal.IsInverted(alone))
        {
            int at = window.Literals.Length;
            _chain.Add(window.Literals.Concat(new[] { alone }).ToArray(), choice => Number(choice & ((1 << at) - 1)) + (choice >> at));
        }
        else
        {
            _chain.AddPlain(window.Literals, Number, alone);
        }
    }

    private void Join(int[] bits, int constant)
    {
        foreach (int bit in bits)
        {
            _literals.Add(bit);
            _weights.Add(1 << _age);
        }

        _constant += constant << _age;
    }

    private void Forget()
    {
        _literals.Clear();
        _weights.Clear();
        _constant = 0;
        _age = 0;
    }

    private (int[] Literals, int[] Weights, int Constant, int Age) Snapshot() => (_literals.ToArray(), _weights.ToArray(), _constant, _age);

    private static int Total(int[] weights, int constant, int choice)
    {
        for (var n = 0; n < weights.Length; n++)
        {
            constant += ((choice >> n) & 1) * weights[n];
        }

        return constant;
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
