using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using static System.FormattableString;

namespace HGQ.Sweep.Collect;

/// <summary>A model of a sweep.</summary>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows, as it is shown.</param>
/// <param name="Test">Score on the test rows; null without any.</param>
/// <param name="NonZeroWeights">Weights that are not 0.</param>
/// <param name="Task">The task that made it.</param>
/// <param name="File">The model, seen from the folder of the sweep, with slashes.</param>
public sealed record SweepPoint(long Ebops, double Validation, double? Test, int NonZeroWeights, SweepTask Task, string File)
{
    /// <summary>Standard error of the score on the validation rows; null where the run did not note it.</summary>
    public double? ValidationError { get; init; }

    /// <summary>Standard error of the score on the test rows; null without one.</summary>
    public double? TestError { get; init; }
}

/// <summary>Tasks that had the same value of a parameter, or one of a range.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value, or a range of drawn ones.</param>
/// <param name="Tasks">The complete tasks that had it.</param>
public sealed record ValueGroup(string Parameter, string Value, IReadOnlyList<SweepTask> Tasks);

/// <summary>What a parameter's value did: the best score of the tasks that had it.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value, or a range of drawn ones.</param>
/// <param name="Tasks">Complete tasks that had it.</param>
/// <param name="Best">
/// The best validation score within each budget; null where no model is within it. The last one is without a budget.
/// </param>
public sealed record ParameterEffect(string Parameter, string Value, int Tasks, IReadOnlyList<double?> Best);

/// <summary>The merged front of a sweep: of all models of all complete tasks those that no cheaper or equally cheap one beats.</summary>
public sealed record SweepFront
{
    /// <summary>The sweep.</summary>
    public required SweepPlan Plan { get; init; }

    /// <summary>What points are judged by.</summary>
    public required string Score { get; init; }

    /// <summary>Complete tasks.</summary>
    public required int Finished { get; init; }

    /// <summary>Models of all fronts.</summary>
    public required int Models { get; init; }

    /// <summary>The front by rising EBOPs. Of equal points that of the first task stands for all.</summary>
    public required IReadOnlyList<SweepPoint> Points { get; init; }

    /// <summary>All models of all complete tasks, in the order of the tasks.</summary>
    public required IReadOnlyList<SweepPoint> All { get; init; }

    /// <summary>The complete tasks by the values of each parameter; more numbers than a table holds are put into ranges.</summary>
    public required IReadOnlyList<ValueGroup> Values { get; init; }

    /// <summary>EBOPs at which values of parameters are compared.</summary>
    public required IReadOnlyList<long> Budgets { get; init; }

    /// <summary>Which value of which parameter did what.</summary>
    public required IReadOnlyList<ParameterEffect> Effects { get; init; }

    /// <summary>Collects the complete tasks of a sweep.</summary>
    /// <param name="folder">The sweep.</param>
    /// <param name="budgets">EBOPs to compare at; null: three where models are.</param>
    /// <exception cref="SweepException">No task is complete, or their scores can't be compared.</exception>
    public static SweepFront Collect(SweepFolder folder, IReadOnlyList<long>? budgets = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var collected = new List<(SweepTask Task, RunFigures Figures)>();
        foreach (SweepTask task in folder.Plan.Tasks)
        {
            string summary = folder.Of(task).Summary;
            if (File.Exists(summary))
            {
                collected.Add((task, RunFigures.Read(summary)));
            }
        }

        if (collected.Count == 0)
        {
            throw new SweepException(folder.Path, 0, 0,
                Invariant($"none of its {folder.Plan.Tasks.Count} tasks is complete yet; --status tells how far they are."));
        }

        string score = collected[0].Figures.Score;
        bool more = MoreIsBetter(folder, score);
        if (collected.Find(pair => pair.Figures.Score != score) is { Task: { } other } odd)
        {
            throw new SweepException(
                folder.Path, 0, 0, $"{collected[0].Task.Name} is judged by {score} and {other.Name} by {odd.Figures.Score}; "
                    + "fronts of one score only can be merged.");
        }

        SweepPoint[] points = [.. collected.SelectMany(static pair => pair.Figures.Points.Select(point => new SweepPoint(
            point.Ebops, point.Validation, point.Test, point.NonZeroWeights, pair.Task, $"tasks/{pair.Task.Name}/run/{point.File}")
        {
            ValidationError = point.ValidationError,
            TestError = point.TestError,
        }))];
        SweepPoint[] front = [.. Merge(points, more)];
        ValueGroup[] values = [.. EffectTable.Groups(folder.Plan, [.. collected.Select(static pair => pair.Task)])];
        long[] compared = [.. budgets ?? OwnBudgets(points)];
        return new SweepFront
        {
            Plan = folder.Plan,
            Score = score,
            Finished = collected.Count,
            Models = points.Length,
            Points = front,
            All = points,
            Values = values,
            Budgets = compared,
            Effects = EffectTable.Of(values, points, compared, more),
        };
    }

    // Sorting is stable: of equal points the first task's comes first.
    private static IEnumerable<SweepPoint> Merge(SweepPoint[] points, bool more)
    {
        double? best = null;
        foreach (SweepPoint point in points.OrderBy(static point => point.Ebops)
            .ThenBy(point => more ? -point.Validation : point.Validation))
        {
            if (best is not { } before || (more ? point.Validation > before : point.Validation < before))
            {
                best = point.Validation;
                yield return point;
            }
        }
    }

    // Where a quarter, half and three quarters of all models are cheaper, in round numbers.
    private static long[] OwnBudgets(SweepPoint[] points)
    {
        long[] sorted = [.. points.Select(static point => point.Ebops).Order()];
        return [.. Enumerable.Range(1, 3).Select(quarter => RoundUp(sorted[(sorted.Length - 1) * quarter / 4])).Distinct()];
    }

    private static long RoundUp(long number)
    {
        long unit = 1;
        while (number / unit >= 100)
        {
            unit *= 10;
        }

        return Math.Max(1, (number + unit - 1) / unit * unit);
    }

    private static bool MoreIsBetter(SweepFolder folder, string score) => score switch
    {
        "accuracy" => true,
        "rms error" => false,
        _ => throw new SweepException(folder.Path, 0, 0, $"its tasks are judged by '{score}'; expected accuracy or rms error."),
    };
}
