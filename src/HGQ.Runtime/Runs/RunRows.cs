using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Program;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Training.Checkpoints;

namespace HGQ.Runtime.Runs;

/// <summary>The parts that a training run cut its data into.</summary>
public enum RunPart
{
    /// <summary>Every row.</summary>
    All,

    /// <summary>Rows that were learned from.</summary>
    Training,

    /// <summary>Rows that chose between candidates.</summary>
    Validation,

    /// <summary>Rows that nothing depended on.</summary>
    Test,
}

/// <summary>Finds the rows of a run's data again, for the models in its folder.</summary>
public static class RunRows
{
    /// <summary>What the run beside a model was asked for; null where there is none.</summary>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public static RunRequest? RequestOf(string modelPath) => TrainedState.FindRun(modelPath) is { } run ? RunFiles.ReadRequest(run) : null;

    /// <summary>Reads the run's data again and takes a part of their rows.</summary>
    /// <param name="request">The run.</param>
    /// <param name="dataPath">Where the data are now; null: where they were.</param>
    /// <param name="part">The part.</param>
    /// <param name="program">The model.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    /// <exception cref="DataFormatException">These are not the data of the run, or they can't be read.</exception>
    public static LabelledSamples Load(RunRequest request, string? dataPath, RunPart part, IntegerProgram program, ModelDescription description)
    {
        Parts parts = Read(request, dataPath, program, description);
        if (part == RunPart.Test && parts.Test is { } own)
        {
            return own;
        }

        IReadOnlyList<int> rows = part switch
        {
            RunPart.Training => parts.Split.Train,
            RunPart.Validation => parts.Split.Validation,
            RunPart.Test => parts.Split.Test,
            RunPart.All => [.. Enumerable.Range(0, parts.All.Samples.Count)],
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
        };
        return rows.Count > 0
            ? parts.All.Of(rows)
            : throw new DataFormatException(
                parts.All.Samples.Source, "no such rows in the run's split", "rows to evaluate", "Choose other rows (--rows).");
    }

    /// <summary>Reads the run's data again and takes its test rows, or its validation rows where it has no test rows.</summary>
    /// <param name="request">The run.</param>
    /// <param name="dataPath">Where the data are now; null: where they were.</param>
    /// <param name="program">The model.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    /// <exception cref="DataFormatException">These are not the data of the run, or they can't be read.</exception>
    public static (RunPart Part, LabelledSamples Rows) LoadJudged(
        RunRequest request, string? dataPath, IntegerProgram program, ModelDescription description) =>
        Judged(Read(request, dataPath, program, description));

    /// <summary>The rows that a report of a run is about.</summary>
    internal static (RunPart Part, LabelledSamples Rows) Judged(Parts parts) =>
        parts.Test is { } own ? (RunPart.Test, own)
        : parts.Split.Test.Count > 0 ? (RunPart.Test, parts.All.Of(parts.Split.Test))
        : (RunPart.Validation, parts.All.Of(parts.Split.Validation));

    /// <summary>Reads the run's data again with all of their parts.</summary>
    /// <exception cref="DataFormatException">These are not the data of the run, or they can't be read.</exception>
    internal static Parts Read(RunRequest request, string? dataPath, IntegerProgram program, ModelDescription description)
    {
        ArgumentNullException.ThrowIfNull(request);
        string path = dataPath ?? request.Data;
        var content = DataContent.Read(path, request.Options.Target);
        if (request.DataHash is { } hash && hash != content.Hash)
        {
            throw new DataFormatException(
                DataFile.NameOf(path),
                "other data than those of the run",
                $"the data that the run was trained with ({Path.GetFileName(request.Data)})",
                "Only these have the run's parts; name them, or leave --rows out.");
        }

        DataOptions options = PreparedData.Options(request);
        LoadedData loaded = content.Bytes is null
            ? DatasetLoader.Load(path, options)
            : new LoadedData(DatasetLoader.Parse(path, content.Bytes, options), null);
        return new Parts(
            LabelledSamples.Of(loaded.Data, program, description),
            request.Recipe.Split.ToRule(request.Seed).Split(loaded.Data),
            loaded.Test is { } test ? LabelledSamples.Of(test, program, description) : null);
    }

    /// <summary>The data of a run.</summary>
    /// <param name="All">The rows that are split.</param>
    /// <param name="Split">The parts.</param>
    /// <param name="Test">Test rows of their own files; or null.</param>
    internal sealed record Parts(LabelledSamples All, RowSplit Split, LabelledSamples? Test);
}
