using System.Collections.Generic;
using System.Linq;
using HGQ.Report.Runs;

namespace HGQ.Report.Contents;

/// <summary>What the page of a sweep shows. Scores are in the units in which people read them (an error is positive).</summary>
public sealed record SweepContent
{
    /// <summary>Title of the sweep.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the data file.</summary>
    public required string Data { get; init; }

    /// <summary>What models are judged by: <c>accuracy</c> or <c>rms error</c>.</summary>
    public required string Score { get; init; }

    /// <summary>Names of the parameters.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>All tasks in their order, also those that are not finished.</summary>
    public required IReadOnlyList<SweepTaskRecord> Tasks { get; init; }

    /// <summary>The models of all finished tasks.</summary>
    public required IReadOnlyList<SweepModelRecord> Models { get; init; }

    /// <summary>Which tasks had which value, parameter by parameter.</summary>
    public required IReadOnlyList<SweepValueRecord> Values { get; init; }

    /// <summary>Options that all tasks have, for example <c>("epochs", "100")</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Options { get; init; } = [];

    /// <summary>The recipe of all tasks as JSON, before parameters change it; null without one.</summary>
    public string? Recipe { get; init; }

    /// <summary>The commands that made the sweep and the page, in order.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    // The merged front as that of a run: charts and figures are the same.
    internal RunRecord AsRun() => new()
    {
        Title = Title,
        Data = Data,
        Seed = 0,
        Score = Score,
        Front =
        [
            .. Models.Where(static model => model.IsOnFront).OrderBy(static model => model.Ebops).Select(model => new RunPoint(
                model.Ebops, model.Validation, model.ValidationError, model.Test, model.TestError, model.NonzeroWeights,
                Tasks[model.Task].Name, model.File)),
        ],
        Chosen = -1,
        Candidates = [.. Models.Select(model => new RunCandidate(model.Ebops, model.Validation, Tasks[model.Task].Name))],
        Recipe = "",
    };
}

/// <summary>A task of a sweep.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its values, in the order of the parameters.</param>
/// <param name="State">How far it is, for example <c>finished</c>.</param>
/// <param name="Starts">How often a training was started.</param>
/// <param name="Seconds">Time of its trainings in seconds; 0 where nobody saw one end.</param>
/// <param name="Message">Why the last attempt ended; null where there is nothing to say.</param>
public sealed record SweepTaskRecord(
    string Name, IReadOnlyList<string> Values, string State, int Starts, double Seconds, string? Message);

/// <summary>A model of a sweep.</summary>
/// <param name="Task">Number of its task, from 0.</param>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows.</param>
/// <param name="Test">Score on the test rows; null without any.</param>
/// <param name="NonzeroWeights">Weights that are not 0.</param>
/// <param name="File">The model file, relative to the folder of the sweep.</param>
/// <param name="IsOnFront">Whether no cheaper model of any task beats it.</param>
public sealed record SweepModelRecord(
    int Task, long Ebops, double Validation, double? Test, int NonzeroWeights, string File, bool IsOnFront)
{
    /// <summary>Standard error of the score on the validation rows; null where it is not known.</summary>
    public double? ValidationError { get; init; }

    /// <summary>Standard error of the score on the test rows; null where it is not known.</summary>
    public double? TestError { get; init; }
}

/// <summary>A value of a parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value, or a range of drawn ones.</param>
/// <param name="Tasks">Numbers of the finished tasks that had it, from 0; one at least.</param>
public sealed record SweepValueRecord(string Parameter, string Value, IReadOnlyList<int> Tasks);
