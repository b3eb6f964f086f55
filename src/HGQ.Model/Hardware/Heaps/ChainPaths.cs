using System.Collections.Generic;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>The positions of a chain as a planner continues it.</summary>
internal static class ChainPaths
{
    public static ChainStep[] Of(ChainPlanner planner, ChainStart start, int columns)
    {
        var steps = new List<ChainStep> { start.First };
        int state = start.First.Next;
        for (int column = start.Column + 1; column < columns && planner.Continue(column, state, out var step); column++)
        {
            steps.Add(step);
            state = step.Next;
        }

        return steps.ToArray();
    }
}
