using System;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Fronts;

/// <summary>Fits epochs, seeds and trimmed models of a front into a wall time.</summary>
internal static class FrontBudget
{
    // The longest ramp that still gains, and the shortest that makes sense; both in whole periods.
    private const int LongestRamp = 4500;
    private const int Period = 50;
    private const double TrainingShare = 0.5;

    // Of one model, with refitting, as a number of epochs: measured as 200 on letter, 10 on pendigits.
    private const double EpochsOfStart = 200;
    private const int FewestStarts = 3;
    private const int MostSeeds = 100;

    /// <summary>Fits a recipe.</summary>
    /// <param name="recipe">The recipe of a front with a budget.</param>
    /// <param name="epoch">Seconds of an epoch on one processor.</param>
    /// <param name="workers">Pieces of work at a time.</param>
    /// <param name="seeds">Seeds that were asked for; null chooses them.</param>
    public static Recipe Fit(Recipe recipe, double epoch, int workers, int? seeds)
    {
        RecipeFront front = recipe.Front!;
        double epochs = front.Budget!.Value / epoch;
        double lane = TrainingShare * epochs;
        int several = seeds ?? Math.Clamp(workers * Math.Max(1, (int)(lane / LongestRamp)), 1, MostSeeds);
        int turns = (several + workers - 1) / workers;
        int length = Math.Clamp((int)(lane / turns / Period), 1, LongestRamp / Period) * Period;
        int Starts(int most) => Math.Clamp(
            (int)((1 - TrainingShare) * epochs * workers / EpochsOfStart / 2), Math.Min(FewestStarts, most), most);
        return recipe.WithEpochs(length) with
        {
            Front = front with
            {
                Seeds = several,
                Trim = front.Trim with { Starts = Starts(front.Trim.Starts) },
                Refit = front.Refit with { Starts = Starts(front.Refit.Starts) },
            },
        };
    }
}
