using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>
/// Searches how a heap becomes one bit a column: a beam over counts, whose moves are the best chain from each column at a few
/// prices, an adder, and the next level (docs/hardware-network.md §4). Deterministic; one instance is for one thread.
/// </summary>
internal sealed class HeapSearch
{
    private const int MostSteps = 200;
    private readonly HeapStates _states = new();
    private readonly ChainPlanner _planner;
    private readonly FinalChainPlanner _final;
    private readonly HeapCandidates _candidates = new();
    private readonly HeapWork _work = new();
    private HeapSearchOptions _options = new(1, 1, [1], 1, 1, 1, true, true);
    private HeapProblem _problem = new(0, 0, [], [], []);
    private byte[] _sum = [];
    private byte[] _sumPlain = [];
    private float _best;
    private int _bestState;

    /// <summary>Prepares searches.</summary>
    /// <param name="windows">Whether positions of chains add windows of bits.</param>
    public HeapSearch(bool windows)
    {
        _planner = new ChainPlanner(windows);
        _final = new FinalChainPlanner(windows);
    }

    /// <summary>The cheapest plan found; null where there is none within the limit.</summary>
    /// <param name="problem">The heap.</param>
    /// <param name="options">How it is searched.</param>
    /// <param name="limit">Plans that cost as much are of no interest.</param>
    public HeapPlan? Search(HeapProblem problem, HeapSearchOptions options, float limit)
    {
        _problem = problem;
        _options = options;
        _best = limit;
        _bestState = -1;
        _states.Clear(problem.Columns);
        _work.Begin(problem, options);
        _sum = _sum.Length < problem.Columns ? new byte[problem.Columns] : _sum;
        _sumPlain = _sumPlain.Length < problem.Columns ? new byte[problem.Columns] : _sumPlain;
        var first = new List<HeapMove>();
        float spent = TallHeap.Reduce(_work, _planner, problem.Columns, options, first);
        if (spent >= limit)
        {
            return null;
        }

        var current = new List<int> { _work.First(_states, spent) };
        for (var step = 0; step < MostSteps && current.Count > 0; step++)
        {
            _candidates.Clear();
            foreach (int state in current)
            {
                Expand(state);
            }

            current = _candidates.Keep(_states, _options.Beam, _best, _work);
        }

        return _bestState < 0 ? null : new HeapPlan(first.Concat(Moves()).ToArray(), _best);
    }

    private List<HeapMove> Moves()
    {
        var moves = new List<HeapMove>();
        for (int state = _bestState; _states[state].Move is { } move; state = _states[state].Parent)
        {
            moves.Add(move);
        }

        moves.Reverse();
        return moves;
    }

    private void Expand(int state)
    {
        float finished = Finish(state, out bool arriving);
        if (finished < _best)
        {
            _best = finished;
            _bestState = state;
        }

        float spent = _states[state].Spent;
        if (spent + 1 >= _best)
        {
            return;
        }

        _work.Load(_states, state);
        if (arriving || _work.Pending)
        {
            Offer(state, -1, 0, _options.LevelPrice, _work.Advance());
        }

        for (var column = 0; column < _problem.Columns; column++)
        {
            if (_work.CanAdd(column))
            {
                Offer(state, column, 0, 1, _work.Add(column));
            }
        }

        OfferChains(state);
    }

    private void OfferChains(int state)
    {
        int lowest = _work.Lowest, free = _work.FreeEnd(lowest);
        foreach (float price in _options.Prices)
        {
            _planner.Solve(_work.Heights, _work.Constants, _work.Plain, _problem.Columns, price, 0.5f * (price - 0.5f));
            for (var column = 0; column < _problem.Columns - 1; column++)
            {
                if (_work.Heights[column] >= 3 || (_work.Heights[column] == 2 && (column == _work.LowestPair || _work.Constants[column] == 1)))
                {
                    _planner.Start(column, out var start);
                    OfferChain(state, start);
                }
            }

            if (_options.FreeColumns && free > lowest && _planner.FreeStart(lowest, free, out var freeStart) > float.NegativeInfinity)
            {
                OfferChain(state, freeStart);
            }
        }
    }

    private void OfferChain(int state, ChainStart start)
    {
        int first = _candidates.BeginPath();
        _candidates.Step(start.First);
        int following = start.First.Next, column = start.Column + 1;
        while (column < _problem.Columns && _planner.Continue(column, following, out var step))
        {
            _candidates.Step(step);
            following = step.Next;
            column++;
        }

        int luts = column - start.Column;
        float estimate = _work.Chain(start, _candidates.Path, first, luts, out int removed, out ulong hash);
        if (removed > 0)
        {
            float spent = _states[state].Spent + luts;
            _candidates.Offer(new HeapCandidate(state, HeapMoveKind.Chain, start, first, luts, spent, spent + estimate, hash), _best);
        }
        else
        {
            _candidates.DropPath(first);
        }
    }

    private void Offer(int state, int column, int first, float cost, (float Estimate, ulong Hash) after)
    {
        var kind = column < 0 ? HeapMoveKind.Advance : HeapMoveKind.Adder;
        float spent = _states[state].Spent + cost;
        var start = new ChainStart(column, ChainCarryIn.Zero, default, 0);
        _candidates.Offer(new HeapCandidate(state, kind, start, first, 0, spent, spent + after.Estimate, after.Hash), _best);
    }

    // What it costs to end here with chains that finish everything; not finite where that is not possible yet.
    private float Finish(int state, out bool arriving)
    {
        byte[] bytes = _states.Bytes;
        int at = _states.At(state), columns = _problem.Columns;
        arriving = false;
        var total = 0;
        for (var column = 0; column < columns; column++)
        {
            arriving |= bytes[at + columns + column] != 0;
            _sum[column] = (byte)(bytes[at + column] + bytes[at + columns + column]);
            _sumPlain[column] = (byte)(bytes[at + (3 * columns) + column] + bytes[at + columns + column]);
            total += _sum[column];
        }

        if (_states[state].Level < _problem.Arrivals.Length - 1 || total > 3 * columns)
        {
            return float.PositiveInfinity;
        }

        float luts = _final.Solve(_sum, _work.ConstantsOf(_states, state), columns, _problem.Dropped, _sumPlain);
        return _states[state].Spent + luts + (_options.LevelPrice * ((arriving ? 1 : 0) + (luts > 0 ? 1 : 0)));
    }
}
