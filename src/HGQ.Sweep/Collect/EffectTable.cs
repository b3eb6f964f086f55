using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Collect;

/// <summary>Which value of which parameter did what.</summary>
internal static class EffectTable
{
    // More values than fit a screen are put into ranges, as those of random draws.
    private const int MostRows = 8;
    private const int Ranges = 4;

    public static IReadOnlyList<ParameterEffect> Of(
        IReadOnlyList<ValueGroup> groups, IReadOnlyList<SweepPoint> points, IReadOnlyList<long> budgets, bool more)
    {
        // Each task once, however many models and parameters there are: the best score within each budget, and without one.
        var best = new Dictionary<string, double?[]>(StringComparer.Ordinal);
        foreach (SweepTask task in points.Select(static point => point.Task).Concat(groups.SelectMany(static group => group.Tasks)))
        {
            best[task.Name] = new double?[budgets.Count + 1];
        }

        foreach (SweepPoint point in points)
        {
            double?[] row = best[point.Task.Name];
            for (int b = 0; b < row.Length; b++)
            {
                row[b] = b == budgets.Count || point.Ebops <= budgets[b] ? Better(row[b], point.Validation, more) : row[b];
            }
        }

        return [.. groups.Select(group => new ParameterEffect(
            group.Parameter, group.Value, group.Tasks.Count,
            Combine(group.Tasks.Select(task => best[task.Name]), budgets.Count + 1, more)))];
    }

    /// <summary>The tasks by the values of each parameter.</summary>
    public static IEnumerable<ValueGroup> Groups(SweepPlan plan, IReadOnlyList<SweepTask> finished) =>
        plan.Parameters.SelectMany(
            (parameter, p) => Groups(finished, p).Select(group => new ValueGroup(parameter, group.Name, group.Tasks)));

    private static IEnumerable<(string Name, IReadOnlyList<SweepTask> Tasks)> Groups(IReadOnlyList<SweepTask> tasks, int parameter)
    {
        (string Name, IReadOnlyList<SweepTask> Tasks)[] values = [.. tasks.GroupBy(task => task.Values[parameter])
            .Select(static group => (group.Key, (IReadOnlyList<SweepTask>)[.. group]))];
        if (values.Length <= MostRows || !values.All(static value => Number(value.Name) is not null))
        {
            return values;
        }

        (string Name, IReadOnlyList<SweepTask> Tasks)[] sorted = [.. values.OrderBy(static value => Number(value.Name))];
        return Enumerable.Range(0, Ranges).Select(r => sorted[(sorted.Length * r / Ranges)..(sorted.Length * (r + 1) / Ranges)])
            .Select(static range =>
                ($"{range[0].Name}..{range[^1].Name}", (IReadOnlyList<SweepTask>)[.. range.SelectMany(static value => value.Tasks)]));
    }

    private static double?[] Combine(IEnumerable<double?[]> rows, int count, bool more)
    {
        var best = new double?[count];
        foreach (double?[] row in rows)
        {
            for (int b = 0; b < count; b++)
            {
                best[b] = row[b] is { } score ? Better(best[b], score, more) : best[b];
            }
        }

        return best;
    }

    private static double Better(double? before, double score, bool more) =>
        before is not { } old ? score : more ? Math.Max(old, score) : Math.Min(old, score);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
