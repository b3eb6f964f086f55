using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Trimming;

namespace HGQ.Runtime.Fronts;

/// <summary>Trims one model sweep by sweep to a goal; sweeps are kept, so that a search that was stopped goes on with the next.</summary>
internal sealed class TrimSearch(
    FrontRows rows, TrimGoal goal, PhaseStore store, ITrainingProgress progress, CancellationToken cancellation)
{
    // Of loss over cost: what a rising price begins with takes away only what is hardly worth anything.
    private const double FirstPrice = 0.1;

    // Standard errors of the validation score that the search goes below the best model, to show where the front bends.
    private const double Depth = 2;

    // Sweeps in a row that must be worse: one alone may be bad luck.
    private const int Patience = 3;

    /// <summary>Searches.</summary>
    /// <param name="graph">The model.</param>
    /// <returns>The model as it is given, then that of each sweep.</returns>
    /// <exception cref="TrimException">The model can't be trimmed.</exception>
    public IReadOnlyList<FrontModel> Run(ModelGraph graph)
    {
        double price = goal.Price ?? StartPrice(graph);
        var models = new List<FrontModel> { rows.Judge(graph, price, "as given") };
        Tell("as given", models[0]);
        for (int sweep = 1; sweep <= goal.Sweeps && !IsReached(models); sweep++)
        {
            FrontModel last = models[^1];
            (int number, double current) = (sweep, price);
            IReadOnlyList<FrontModel> next = store.Get(
                FormattableString.Invariant($"trim-{sweep}"), () => Sweep(last.Graph, number, current));
            models.AddRange(next);
            if (next.Count > 0)
            {
                Tell(FormattableString.Invariant($"sweep {sweep} at {price:G3} a unit"), next[0]);
            }
            else if (goal.Price is not null)
            {
                break;
            }

            price *= goal.Price is null ? goal.Growth : 1;
        }

        return models;
    }

    private double StartPrice(ModelGraph graph)
    {
        var trimmer = new ModelTrimmer(graph, rows.Training, rows.Validation, TrimPlan.CostOf(goal.Cost));
        return FirstPrice * trimmer.Loss / Math.Max(trimmer.Cost, 1);
    }

    // A trimmer of its own each time, so that what is done after an interruption begins where it would have gone on.
    private FrontModel[] Sweep(ModelGraph graph, int sweep, double price)
    {
        var trimmer = new ModelTrimmer(graph, rows.Training, rows.Validation, TrimPlan.CostOf(goal.Cost));
        TrimSweepReport report = trimmer.Sweep(new TrimSweep(price, goal.Seed + (ulong)sweep, goal.Grow), cancellation);
        return report.Accepted == 0
            ? []
            : [rows.Judge(trimmer.Graph, price, FormattableString.Invariant($"trim {sweep}"))];
    }

    private bool IsReached(List<FrontModel> models)
    {
        FrontModel last = models[^1];
        if (goal.Ebops is { } limit)
        {
            return last.Ebops <= limit;
        }

        double best = models.Max(static m => m.Score);
        double least = best - (Depth * PointSelection.StandardError(best, rows.Validation.Count));
        return goal.Price is null && models.Count > Patience && models.TakeLast(Patience).All(m => m.Score < least);
    }

    private void Tell(string what, FrontModel model) => progress.OnMessage(FormattableString.Invariant(
        $"{what}: {model.Ebops} EBOPs, {rows.Score.Name} {rows.Score.Displayed(model.Score):G4}"));
}
