using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>How many bits a plan expects where, after each of its moves.</summary>
internal sealed class HeapCounts
{
    private readonly HeapProblem _problem;
    private readonly byte[][] _future;
    private readonly byte[] _heights;
    private readonly byte[] _arriving;
    private readonly byte[] _constants;
    private readonly byte[] _plain;
    private int _level;

    public HeapCounts(HeapProblem problem)
    {
        _problem = problem;
        _future = problem.Future();
        _heights = (byte[])problem.Arrivals[0].Clone();
        _arriving = new byte[problem.Columns];
        _constants = (byte[])problem.Constants.Clone();
        _plain = (byte[])problem.PlainArrivals[0].Clone();
        Simplify();
    }

    /// <summary>Does a move.</summary>
    public void Do(HeapMove move)
    {
        HeapMoves.Apply(move, _problem, ref _level, _heights, _arriving, _constants, _plain);
        Simplify();
    }

    /// <summary>Whether what the plan takes is there, and in columns that a chain takes up whole nothing else.</summary>
    public bool Allow(HeapMove move, List<HeapBit>[] there, List<HeapBit>[] later, byte[] constants)
    {
        ChainStart start = move.Start;
        switch (move.Kind)
        {
            case HeapMoveKind.Advance:
                return true;
            case HeapMoveKind.Adder:
                return there[start.Column].Count >= Math.Min(2, (int)_heights[start.Column]);
            case HeapMoveKind.Chain:
                for (int column = start.Column - start.FreeColumns; column < start.Column; column++)
                {
                    if (there[column].Count != _heights[column] || later[column].Count > 0 || constants[column] != _constants[column])
                    {
                        return false;
                    }
                }

                return (start.CarryIn != ChainCarryIn.Constant || constants[start.Column] == 1) && move.Steps
                    .Select((step, n) => step.Bits + (n == 0 && start.CarryIn == ChainCarryIn.Bit ? 1 : 0) <= there[start.Column + n].Count)
                    .All(enough => enough);
            default:
                throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "There is no such move.");
        }
    }

    private void Simplify() =>
        HeapMoves.Simplify(_problem.Dropped, _problem.Columns, _heights, _arriving, _future[_level], _constants, _plain);
}
