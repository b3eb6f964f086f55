using System;
using System.Collections.Generic;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>
/// Chains that finish a heap in one level: every column keeps at most one bit. Dynamic programming as in
/// <see cref="ChainPlanner"/>, where each position must take all bits of its column.
/// </summary>
internal sealed class FinalChainPlanner
{
    private const float Never = 1e9f;

    // Between plans of equal LUTs, the one with fewer carries that leave their chain.
    private const float CarryPrice = 0.02f;
    private static readonly int States = ChainAutomaton.States;
    private float[] _alive = [];
    private ChainStep[] _step = [];
    private float[] _idle = [];
    private ChainStart[] _start = [];
    private byte[] _heights = [];
    private byte[] _constants = [];
    private byte[] _plain = [];
    private readonly bool _windows;
    private int _columns;
    private ChainStart? _free;
    private int _lowest;

    /// <summary>Prepares a planner.</summary>
    /// <param name="windows">Whether positions add windows of bits.</param>
    public FinalChainPlanner(bool windows) => _windows = windows;

    /// <summary>The LUTs that finish a heap; not finite where one level is not enough.</summary>
    /// <param name="heights">Bits a column.</param>
    /// <param name="constants">1 where a column has the constant 1.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="dropped">Lowest columns whose sum nobody reads.</param>
    /// <param name="plain">How many bits of a column are not inverted.</param>
    public float Solve(byte[] heights, byte[] constants, int columns, int dropped, byte[] plain)
    {
        _heights = heights;
        _constants = constants;
        _columns = columns;
        _plain = plain;
        if (_idle.Length < columns + 1)
        {
            _alive = new float[(columns + 1) * States];
            _step = new ChainStep[(columns + 1) * States];
            _idle = new float[columns + 1];
            _start = new ChainStart[columns + 1];
        }

        for (var column = 0; column < columns; column++)
        {
            if (heights[column] > ChainAutomaton.Tallest + 1)
            {
                return float.PositiveInfinity;
            }
        }

        Array.Clear(_alive, columns * States, States);
        _idle[columns] = 0;
        for (int column = columns - 1; column >= 0; column--)
        {
            SolveAlive(column);
            SolveIdle(column);
        }

        float best = Lowest(dropped);
        return best >= Never ? float.PositiveInfinity : best;
    }

    /// <summary>The chains of the last solution.</summary>
    public List<HeapMove> Chains()
    {
        var moves = new List<HeapMove>();
        int column = _lowest;
        var next = _free;
        while (next is not null || column < _columns)
        {
            if (next is null && _heights[column] + _constants[column] <= 1)
            {
                column++;
                continue;
            }

            var start = next ?? _start[column];
            next = null;
            moves.Add(new HeapMove(HeapMoveKind.Chain, start, Walk(start, out column)));
        }

        return moves;
    }

    private ChainStep[] Walk(ChainStart start, out int column)
    {
        var steps = new List<ChainStep> { start.First };
        int state = start.First.Next;
        for (column = start.Column + 1; column < _columns; column++)
        {
            if (state == 0 && _heights[column] + _constants[column] == 0)
            {
                column++;
                break;
            }

            var step = _step[(column * States) + state];
            steps.Add(step);
            state = step.Next;
        }

        return steps.ToArray();
    }

    private void SolveAlive(int column)
    {
        int height = _heights[column], constant = _constants[column];
        for (var state = 0; state < States; state++)
        {
            int index = (column * States) + state;
            _alive[index] = state == 0 && height + constant == 0
                ? _idle[column + 1] + CarryPrice
                : All(state, column, height, constant, 0, out _step[index]);
        }
    }

    private void SolveIdle(int column)
    {
        if (_heights[column] + _constants[column] <= 1)
        {
            _idle[column] = _idle[column + 1];
            return;
        }

        _idle[column] = StartIn(0, column, 0, out _start[column]);
    }

    private float StartIn(int state, int column, int free, out ChainStart start)
    {
        int height = _heights[column], constant = _constants[column];
        float best = All(state, column, height, constant, 0, out var first);
        start = new ChainStart(column, ChainCarryIn.Zero, first, free);
        if (_plain[column] > 0)
        {
            float value = All(state, column, height - 1, constant, 1, out first);
            if (value < best)
            {
                best = value;
                start = new ChainStart(column, ChainCarryIn.Bit, first, free);
            }
        }

        if (constant == 1)
        {
            float value = All(state, column, height, 0, 0, out first);
            if (value < best)
            {
                best = value;
                start = new ChainStart(column, ChainCarryIn.Constant, first, free);
            }
        }

        return best;
    }

    // Over the dropped columns at the bottom whose bits need no positions of their own.
    private float Lowest(int dropped)
    {
        _free = null;
        _lowest = 0;
        while (_lowest < _columns && _heights[_lowest] + _constants[_lowest] == 0)
        {
            _lowest++;
        }

        float best = _lowest < _columns ? _idle[_lowest] : 0;
        int inputs = 0, most = 0;
        for (int column = _lowest; column < Math.Min(dropped, _columns - 1); column++)
        {
            inputs += _heights[column];
            most = (most >> 1) + _heights[column] + _constants[column];
            int state = inputs <= 5 ? ChainAutomaton.StateOf(inputs, most >> 1) : -1;
            if (state <= 0)
            {
                continue;
            }

            float value = StartIn(state, column + 1, column + 1 - _lowest, out var start);
            if (value < best)
            {
                best = value;
                _free = start;
            }
        }

        return best;
    }

    private float All(int state, int column, int height, int constant, int plainUsed, out ChainStep chosen)
    {
        chosen = default;
        if (height > ChainAutomaton.Tallest)
        {
            return Never;
        }

        bool top = column == _columns - 1;
        var steps = top
            ? ChainAutomaton.Top(state, height, constant)
            : ChainAutomaton.Steps(state, height, constant, _plain[column] > plainUsed, _windows);
        float best = Never;
        foreach (var step in steps)
        {
            float value = 1 + _alive[((column + 1) * States) + step.Next];
            if (step.Bits == height && (step.Constant == (constant == 1) || top) && value < best)
            {
                best = value;
                chosen = step;
            }
        }

        return best;
    }
}
