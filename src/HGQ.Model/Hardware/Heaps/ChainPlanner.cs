using System;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>How a chain begins.</summary>
/// <param name="Column">First column with a position.</param>
/// <param name="CarryIn">What the first carry is.</param>
/// <param name="First">First step.</param>
/// <param name="FreeColumns">Columns right below whose bits enter the first position without positions of their own.</param>
internal readonly record struct ChainStart(int Column, ChainCarryIn CarryIn, ChainStep First, int FreeColumns);

/// <summary>What the first carry of a chain is.</summary>
internal enum ChainCarryIn : byte
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>A bit of the first column.</summary>
    Bit,

    /// <summary>The constant 1 of the first column.</summary>
    Constant,
}

/// <summary>
/// The best chains by dynamic programming over columns, from the highest down: bits that vanish, less λ for each LUT and κ for
/// a carry that leaves. One pass answers for every first column.
/// </summary>
internal sealed class ChainPlanner
{
    private static readonly int States = ChainAutomaton.States;
    private float[] _value = [];
    private ChainStep[] _step = [];
    private bool[] _ends = [];
    private byte[] _heights = [];
    private byte[] _constants = [];
    private byte[] _plain = [];
    private readonly bool _windows;
    private int _columns;
    private float _price;

    /// <summary>Prepares a planner.</summary>
    /// <param name="windows">Whether positions add windows of bits.</param>
    public ChainPlanner(bool windows) => _windows = windows;

    /// <summary>Solves for a heap.</summary>
    /// <param name="heights">Bits a column.</param>
    /// <param name="constants">1 where a column has the constant 1.</param>
    /// <param name="plain">How many of the bits are not inverted.</param>
    /// <param name="columns">Number of columns; carries beyond vanish.</param>
    /// <param name="price">λ: what a LUT costs, in bits.</param>
    /// <param name="carryPrice">What a carry that leaves costs beside its bit, in bits.</param>
    public void Solve(byte[] heights, byte[] constants, byte[] plain, int columns, float price, float carryPrice)
    {
        _heights = heights;
        _constants = constants;
        _plain = plain;
        _columns = columns;
        _price = price;
        if (_value.Length < (columns + 1) * States)
        {
            _value = new float[(columns + 1) * States];
            _step = new ChainStep[(columns + 1) * States];
            _ends = new bool[(columns + 1) * States];
        }

        Array.Clear(_value, columns * States, States);
        for (int column = columns - 1; column >= 0; column--)
        {
            SolveColumn(column, -1 - carryPrice);
        }
    }

    /// <summary>The best start at a column.</summary>
    /// <returns>Its value; below 0 where nothing is gained.</returns>
    public float Start(int column, out ChainStart start)
    {
        int height = Math.Min(ChainAutomaton.Tallest, (int)_heights[column]), constant = _constants[column];
        float best = Best(0, column, height, constant, 0, out var first);
        start = new ChainStart(column, ChainCarryIn.Zero, first, 0);
        if (_plain[column] > 0)
        {
            float value = 1 + Best(0, column, Math.Min(ChainAutomaton.Tallest, _heights[column] - 1), constant, 1, out first);
            if (value > best)
            {
                best = value;
                start = new ChainStart(column, ChainCarryIn.Bit, first, 0);
            }
        }

        if (constant == 1)
        {
            float value = 1 + Best(0, column, height, 0, 0, out first);
            if (value > best)
            {
                best = value;
                start = new ChainStart(column, ChainCarryIn.Constant, first, 0);
            }
        }

        return best;
    }

    /// <summary>The best start whose first position takes up all bits of the columns from <paramref name="lowest"/> on without positions of their own.</summary>
    /// <param name="lowest">The lowest column with bits.</param>
    /// <param name="end">The first column whose sum is needed, or that other bits may still come to.</param>
    /// <param name="start">The start.</param>
    public float FreeStart(int lowest, int end, out ChainStart start)
    {
        start = default;
        float best = float.NegativeInfinity;
        int inputs = 0, most = 0, gone = 0;
        for (int column = lowest; column < Math.Min(end, _columns - 1); column++)
        {
            inputs += _heights[column];
            most = (most >> 1) + _heights[column] + _constants[column];
            gone += _heights[column] + _constants[column];
            int state = inputs <= 5 ? ChainAutomaton.StateOf(inputs, most >> 1) : -1;
            if (state <= 0)
            {
                continue;
            }

            float value = gone + StartIn(state, column + 1, column + 1 - lowest, out var candidate);
            if (value > best)
            {
                best = value;
                start = candidate;
            }
        }

        return best;
    }

    /// <summary>The step of a state at a column; false where the chain ends below it.</summary>
    public bool Continue(int column, int state, out ChainStep step)
    {
        int index = (column * States) + state;
        step = _step[index];
        return !_ends[index];
    }

    private float StartIn(int state, int column, int free, out ChainStart start)
    {
        int height = _heights[column], constant = _constants[column];
        float best = Best(state, column, Math.Min(ChainAutomaton.Tallest, height), constant, 0, out var first);
        start = new ChainStart(column, ChainCarryIn.Zero, first, free);
        if (_plain[column] > 0)
        {
            float value = 1 + Best(state, column, Math.Min(ChainAutomaton.Tallest, height - 1), constant, 1, out first);
            if (value > best)
            {
                best = value;
                start = new ChainStart(column, ChainCarryIn.Bit, first, free);
            }
        }

        return best;
    }

    private void SolveColumn(int column, float end)
    {
        int height = Math.Min(ChainAutomaton.Tallest, (int)_heights[column]), constant = _constants[column];
        for (var state = 0; state < States; state++)
        {
            float value = Best(state, column, height, constant, 0, out var step);
            int index = (column * States) + state;
            _ends[index] = state == 0 && end >= value;
            _step[index] = step;
            _value[index] = _ends[index] ? end : value;
        }
    }

    private float Best(int state, int column, int height, int constant, int plainTaken, out ChainStep chosen)
    {
        var steps = column == _columns - 1
            ? ChainAutomaton.Top(state, height, constant)
            : ChainAutomaton.Steps(state, height, constant, _plain[column] > plainTaken, _windows);
        int next = (column + 1) * States;
        float best = float.NegativeInfinity;
        var at = -1;
        for (var n = 0; n < steps.Length; n++)
        {
            ref readonly var step = ref steps[n];
            float value = step.Gain - _price + _value[next + step.Next];
            if (value > best)
            {
                best = value;
                at = n;
            }
        }

        chosen = at < 0 ? default : steps[at];
        return best;
    }
}
