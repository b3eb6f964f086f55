using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>
/// What the positions of a carry chain can add, as an automaton over columns. A position adds v ∈ {0, 1, 2} (select v = 1, data
/// v = 2), any function of five bits, or a function in {0, 1} of five bits plus a sixth bit. A state is what the columns below
/// left over: a number up to m, a function of n bits. State 0 is nothing (docs/hardware-network.md §4).
/// </summary>
internal static class ChainAutomaton
{
    /// <summary>Taller columns take the same steps as one of this height.</summary>
    public const int Tallest = 6;

    private const int MostInputs = 5;
    private const int MostLeftOver = 3;
    private static readonly List<(int Inputs, int Most)> StateList = new() { (0, 0) };
    private static readonly ChainStep[][] StepTable = MakeSteps();
    private static readonly ChainStep[][] AloneTable = MakeAlone();
    private static readonly ChainStep[][] TopTable = MakeTopSteps();

    /// <summary>Number of states.</summary>
    public static int States => StateList.Count;

    /// <summary>The steps from a state at a column with so many bits, and with or without a constant 1.</summary>
    /// <remarks>Without a plain bit (one that is not inverted) there is no sixth input; without windows nothing is left over.</remarks>
    public static ChainStep[] Steps(int state, int height, int constant, bool plain, bool windows) =>
        (windows ? StepTable : AloneTable)[(((((state * (Tallest + 1)) + height) * 2) + constant) * 2) + (plain ? 1 : 0)];

    /// <summary>The one best step at the highest column.</summary>
    public static ChainStep[] Top(int state, int height, int constant) => TopTable[(((state * (Tallest + 1)) + height) * 2) + constant];

    /// <summary>The state that is a number up to <paramref name="most"/> of so many bits; −1 where a position cannot take it up.</summary>
    public static int StateOf(int inputs, int most) => most == 0 ? 0 : StateList.IndexOf((inputs, most));

    private static ChainStep[][] MakeSteps()
    {
        var table = new List<ChainStep[]>();
        for (var state = 0; state < StateList.Count; state++)
        {
            for (var height = 0; height <= Tallest; height++)
            {
                for (var choice = 0; choice < 4; choice++)
                {
                    table.Add(StepsOf(state, height, choice >> 1, (choice & 1) == 1));
                }
            }
        }

        return table.ToArray();
    }

    // What leaves nothing over. A constant alone is a position too: nothing that was left over could take it up.
    private static ChainStep[][] MakeAlone()
    {
        var table = StepTable.Select(steps => steps.Where(step => step.Next == 0).ToArray()).ToArray();
        table[2] = table[3] = new[] { new ChainStep(ChainStepKind.Merge, 0, false, true, 0, false) };
        return table;
    }

    private static ChainStep[][] MakeTopSteps()
    {
        var table = new List<ChainStep[]>();
        for (var state = 0; state < StateList.Count; state++)
        {
            for (var height = 0; height <= Tallest; height++)
            {
                int taken = Math.Min(height, MostInputs + 1 - StateList[state].Inputs);
                table.Add(new[] { new ChainStep(ChainStepKind.Top, taken, false, false, 0, false) });
                table.Add(new[] { new ChainStep(ChainStepKind.Top, taken, false, true, 0, false) });
            }
        }

        return table.ToArray();
    }

    // Of steps to the same state that use the constant alike, the one that takes the most bits.
    private static ChainStep[] StepsOf(int state, int height, int constant, bool plain)
    {
        var all = new List<ChainStep>();
        for (var used = 0; used <= constant; used++)
        {
            for (var window = 0; window <= Math.Min(height, MostInputs); window++)
            {
                AddMerges(all, state, height, window, used);
                AddEnds(all, state, window, used);
            }
        }

        return all.Where(step => plain || !step.NeedsPlain).GroupBy(step => (step.Next, step.Constant))
            .Select(group => group.OrderByDescending(step => step.Bits).ThenBy(step => step.NeedsPlain).First())
            .ToArray();
    }

    private static void AddMerges(List<ChainStep> all, int state, int height, int window, int used)
    {
        var (inputs, most) = StateList[state];
        int together = inputs + window, left = (most + window + used) >> 1;
        if (together > MostInputs || left > MostLeftOver)
        {
            return;
        }

        int next = Enter(together, left);
        if (together > 0)
        {
            all.Add(new ChainStep(ChainStepKind.Merge, window, false, used == 1, next, false));
        }

        if (height > window)
        {
            all.Add(new ChainStep(ChainStepKind.Merge, window, true, used == 1, next, together == MostInputs));
        }
    }

    private static void AddEnds(List<ChainStep> all, int state, int window, int used)
    {
        var (inputs, most) = StateList[state];
        if (inputs > 0 && window == 0 && most + used <= 2)
        {
            all.Add(new ChainStep(ChainStepKind.Absorb, 0, false, used == 1, 0, false));
        }

        if (inputs > 0 && most <= 1 && window > 0 && inputs + window <= MostInputs)
        {
            all.Add(new ChainStep(ChainStepKind.Split, window, false, used == 1, Enter(window, (window + used) >> 1), false));
        }
    }

    private static int Enter(int inputs, int most)
    {
        var state = most == 0 ? (0, 0) : (inputs, most);
        int index = StateList.IndexOf(state);
        if (index < 0)
        {
            index = StateList.Count;
            StateList.Add(state);
        }

        return index;
    }
}
