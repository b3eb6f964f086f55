using System;
using System.Collections.Generic;
using System.Threading;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Trimming;

namespace HGQ.Runtime.Fronts;

/// <summary>Trims a model sweep by sweep at rising prices.</summary>
public static class TrimPhase
{
    /// <summary>Trims.</summary>
    /// <param name="start">The model.</param>
    /// <param name="rows">Rows that judge.</param>
    /// <param name="plan">Prices and sweeps.</param>
    /// <param name="seed">Decides the order of the changes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The model after each sweep.</returns>
    /// <exception cref="TrimException">The model can't be trimmed.</exception>
    public static IReadOnlyList<FrontModel> Run(
        FrontModel start, FrontRows rows, TrimPlan plan, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(plan);
        var trimmer = new ModelTrimmer(start.Graph, rows.Training, rows.Validation, TrimPlan.CostOf(plan.Cost));
        var models = new List<FrontModel>();
        double price = plan.PriceShare * start.Beta;
        for (int sweep = 1; sweep <= plan.Sweeps; sweep++, price *= plan.PriceGrowth)
        {
            TrimSweepReport report = trimmer.Sweep(new TrimSweep(price, seed + (ulong)sweep, plan.Grow), cancellation);
            if (report.Accepted > 0)
            {
                models.Add(rows.Judge(trimmer.Graph, start.Beta, FormattableString.Invariant($"{start.Origin}, trim {sweep}")));
            }
        }

        return models;
    }
}
