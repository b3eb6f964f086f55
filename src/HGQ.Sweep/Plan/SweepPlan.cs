using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Sweep.Plan;

/// <summary>All trainings of a sweep. The same file gives the same plan, task for task.</summary>
public sealed record SweepPlan
{
    /// <summary>What the sweep is called.</summary>
    public required string Title { get; init; }

    /// <summary>Full path of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Options that all tasks share.</summary>
    public required IReadOnlyList<SweepOption> Options { get; init; }

    /// <summary>The recipe that the tasks change, as JSON; null: none.</summary>
    public string? Recipe { get; init; }

    /// <summary>Files that the tasks read, besides the data.</summary>
    public required IReadOnlyList<SweepInput> Inputs { get; init; }

    /// <summary>Names of what differs from task to task.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The tasks, in the order in which they are begun.</summary>
    public required IReadOnlyList<SweepTask> Tasks { get; init; }

    /// <summary>Tasks of a random draw that came out like an earlier one, and are left out.</summary>
    public int Repeated { get; init; }

    /// <summary>The arguments of <c>hgq</c> for a task, without the folder of the run and without the recipe.</summary>
    public IReadOnlyList<string> ArgumentsOf(SweepTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var arguments = new List<string> { "train", Data };
        var own = Parameters.Zip(task.Values, static (name, value) => new SweepOption(name, value));
        foreach (SweepOption option in Options.Concat(own).Where(static option => !TrainOptions.IsRecipeMember(option.Name)))
        {
            // One word: a value may begin with a dash.
            arguments.Add($"--{option.Name}={option.Value}");
        }

        return arguments;
    }

    /// <summary>The recipe of a task, as JSON; null where the tasks have none.</summary>
    public string? RecipeOf(SweepTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Recipe is null ? null : RecipeMerge.Apply(
            Recipe,
            Parameters.Zip(task.Values, static (name, value) => (name, value)).Where(static pair => TrainOptions.IsRecipeMember(pair.name))
                .Select(static pair => (pair.name[TrainOptions.RecipePrefix.Length..], pair.value)));
    }

    /// <summary>The parameters of a task in words, for example <c>hidden=16,8 lr=0.002</c>.</summary>
    public string Describe(SweepTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return string.Join(' ', Parameters.Zip(task.Values, static (name, value) => $"{name}={value}"));
    }

    /// <summary>The task of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SweepTask Find(string name) => Tasks.FirstOrDefault(task => task.Name == name)
        ?? throw new ArgumentException($"There is no task {name}; the last one is {(Tasks.Count > 0 ? Tasks[^1].Name : "none")}.",
            nameof(name));

    /// <summary>What makes another plan another sweep, a sentence each; none where they are the same.</summary>
    public IReadOnlyList<string> DifferencesFrom(SweepPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return [.. SweepComparison.Differences(this, other)];
    }
}
