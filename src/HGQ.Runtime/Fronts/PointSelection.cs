using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Training.Pareto;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Fronts;

/// <summary>Finds the reported front and the point that becomes the model.</summary>
public static class PointSelection
{
    /// <summary>The candidates that no other dominates in (EBOPs, validation score), by rising EBOPs.</summary>
    public static IReadOnlyList<FrontPoint> Front(IReadOnlyList<FrontPoint> candidates) =>
        [.. ParetoFronts.First([.. candidates.Select(static p => new ParetoPoint(p.Ebops, p.Validation))]).Select(i => candidates[i])];

    /// <summary>The point a recipe asks for; where none meets it, the one that comes closest.</summary>
    /// <param name="front">The front by rising EBOPs, not empty.</param>
    /// <param name="selection">What is asked for.</param>
    /// <param name="rows">Validation rows: they decide how large a standard error is.</param>
    public static FrontPoint Choose(IReadOnlyList<FrontPoint> front, RecipeSelection selection, int rows)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(selection);
        FrontPoint best = front[^1];
        return selection.Choose switch
        {
            ChoiceKind.BestWithin => front.LastOrDefault(p => p.Ebops <= (selection.Ebops ?? double.PositiveInfinity)) ?? front[0],
            ChoiceKind.CheapestReaching => front.FirstOrDefault(p => p.Validation >= selection.Score) ?? best,
            ChoiceKind.CheapestNearBest => front.First(p => p.Validation >= best.Validation - Allowed(best.Validation, selection.Loss)),
            ChoiceKind.WithinStandardError => front.First(p => p.Validation >= best.Validation - StandardError(best.Validation, rows)),
            _ => throw new ArgumentOutOfRangeException(nameof(selection), selection.Choose, "There is no such choice."),
        };
    }

    /// <summary>
    /// How far a score lies from that of endlessly many rows, as a standard deviation: √(p(1 − p)/n) of an accuracy p, and that of a
    /// root mean square of n
    /// errors from a normal distribution, rms/√(2n).
    /// </summary>
    /// <param name="score">An accuracy, or minus a root mean square error.</param>
    /// <param name="rows">Rows that it comes from.</param>
    public static double StandardError(double score, int rows) =>
        rows == 0 ? 0 : score < 0 ? -score / Math.Sqrt(2.0 * rows) : Math.Sqrt(score * (1 - score) / rows);

    // An accuracy is given up in points, an error (a negative score) as a share of itself.
    private static double Allowed(double best, double loss) => best < 0 ? -best * loss : loss;
}
