using System.Collections.Generic;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>Brings tall columns down before a search: always the best chain, level by level.</summary>
internal static class TallHeap
{
    private static readonly HeapMove Advance = new(HeapMoveKind.Advance, default, []);

    /// <summary>Does and records moves until no column is tall; gives the LUTs and priced levels spent.</summary>
    public static float Reduce(HeapWork work, ChainPlanner planner, int columns, HeapSearchOptions options, List<HeapMove> moves)
    {
        float spent = 0;
        work.Reset();
        while (IsTall(work, columns, options.Tall))
        {
            int before = moves.Count;
            while (BestChain(work, planner, columns, options.TallPrice) is { } chain)
            {
                work.Do(chain);
                moves.Add(chain);
                spent += chain.Steps.Length;
            }

            if (moves.Count == before && !work.Pending && !IsArriving(work, columns))
            {
                break;
            }

            work.Do(Advance);
            moves.Add(Advance);
            spent += options.LevelPrice;
        }

        return spent;
    }

    private static bool IsTall(HeapWork work, int columns, int tall)
    {
        for (var column = 0; column < columns - 1; column++)
        {
            if (work.Heights[column] > tall)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsArriving(HeapWork work, int columns)
    {
        var any = false;
        for (var column = 0; column < columns; column++)
        {
            any |= work.Arriving[column] > 0;
        }

        return any;
    }

    private static HeapMove? BestChain(HeapWork work, ChainPlanner planner, int columns, float price)
    {
        planner.Solve(work.Heights, work.Constants, work.Plain, columns, price, 0);
        float best = 1e-4f;
        ChainStart? chosen = null;
        for (var column = 0; column < columns - 1; column++)
        {
            float value = planner.Start(column, out var start);
            if (value > best)
            {
                best = value;
                chosen = start;
            }
        }

        return chosen is { } chain ? new HeapMove(HeapMoveKind.Chain, chain, ChainPaths.Of(planner, chain, columns)) : null;
    }
}
