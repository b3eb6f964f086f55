using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Training.Pareto;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Training.Runs;

/// <summary>Finds the reported front and the point that becomes the model.</summary>
public static class PointSelection
{
    /// <summary>The candidates that no other dominates in (EBOPs, validation score), by rising EBOPs.</summary>
    public static IReadOnlyList<FrontPoint> Front(IReadOnlyList<FrontPoint> candidates) =>
        [.. ParetoFronts.First([.. candidates.Select(static p => new ParetoPoint(p.Ebops, p.Validation))]).Select(i => candidates[i])];

    /// <summary>The point a recipe asks for; where none meets it, the one that comes closest.</summary>
    /// <param name="front">The front by rising EBOPs, not empty.</param>
    /// <param name="selection">What is asked for.</param>
    public static FrontPoint Choose(IReadOnlyList<FrontPoint> front, RecipeSelection selection)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(selection);
        FrontPoint best = front[^1];
        return selection.Choose switch
        {
            ChoiceKind.BestWithin => front.LastOrDefault(p => p.Ebops <= (selection.Ebops ?? double.PositiveInfinity)) ?? front[0],
            ChoiceKind.CheapestReaching => front.FirstOrDefault(p => p.Validation >= selection.Score) ?? best,
            _ => front.First(p => p.Validation >= best.Validation - Allowed(best.Validation, selection.Loss)),
        };
    }

    // An accuracy is given up in points, an error (a negative score) as a share of itself.
    private static double Allowed(double best, double loss) => best < 0 ? -best * loss : loss;
}
