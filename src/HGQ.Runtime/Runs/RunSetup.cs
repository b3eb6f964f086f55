using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Runs;

/// <summary>What a run trains and how: data, network, options of training and export, decided once.</summary>
internal sealed class RunSetup
{
    private readonly NetworkEnds _ends;

    /// <summary>Fits the recipe to data and network; builds the network once to look at it.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="folder">Where the run lies.</param>
    /// <param name="data">Rows and what they are judged by.</param>
    /// <param name="requiresExport">Whether a network that can't be exported is refused, before anything is trained.</param>
    /// <exception cref="ExportException">The network could be trained, but not exported.</exception>
    public RunSetup(RunRequest request, RunFolder folder, PreparedData data, bool requiresExport)
    {
        (Request, Folder, Data, _ends) = (request, folder, data, NetworkEnds.Of(request, data.Training.SampleSize));
        using HgqModel model = NewModel();
        Request = request with { Recipe = RunLength.Fit(request.Recipe, data, model, TaskLoss(), NewModel, () => Options()) };
        Plan = PlanOf(model);
        if (requiresExport)
        {
            model.ToFloat64();
            ExportCheck.Require(model, Data.Training, ExportOptions(), Request.Description);
        }
    }

    /// <summary>What was asked for, its recipe fitted.</summary>
    public RunRequest Request { get; }

    /// <summary>Where the run lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>Rows and what they are judged by.</summary>
    public PreparedData Data { get; }

    /// <summary>Rows, target, split and network.</summary>
    public RunPlan Plan { get; }

    /// <summary>How models of the run's first seed are exported.</summary>
    public ExportOptions ExportOptions() => ExportOptions(Request.Seed);

    /// <summary>How models of a seed are exported.</summary>
    public ExportOptions ExportOptions(ulong seed)
    {
        RecipeExport export = Request.Recipe.Export;
        return new ExportOptions
        {
            Name = Request.Start?.Graph.Name ?? Request.Description?.Name ?? ModelName(Request.Data),
            Overflow = RecipeExport.ModeOf(export.Overflow),
            InputOverflow = RecipeExport.ModeOf(export.InputOverflow),
            InputMarginBits = export.InputMarginBits,
            Metadata = ModelFacts.Of(Data, Request with { Seed = seed }, _ends.Ports),
        };
    }

    /// <summary>The loss of the task, of all outputs together.</summary>
    public TrainingLoss TaskLoss() => _ends.Outputs == 1 ? Data.Loss : new SharedTargetLoss(Data.Loss, _ends.Outputs);

    /// <summary>How far ranges are widened beyond the traced ones.</summary>
    public double CoverFactor => Request.Recipe.Export.CoverFactor;

    /// <summary>The network of the run's first seed, as it is before training.</summary>
    public HgqModel NewModel() => NewModel(Request.Seed);

    /// <summary>The network of a seed, as it is before training.</summary>
    public HgqModel NewModel(ulong seed) =>
        NetworkBuilder.Build(Request, Data.Training.SampleSize, Data.Outputs, seed);

    /// <summary>What a checkpoint must have been made from to be gone on with.</summary>
    public string RunDescription(ulong seed) => FormattableString.Invariant(
        $"seed {seed}\ndata {Data.Fingerprint()}\n{RecipeReader.Print(Request.Recipe)}{Request.Description?.Text}{Request.Start?.Text}");

    /// <summary>Options of the training with the seed of an index, from 0.</summary>
    public TrainerOptions Options(int index = 0)
    {
        ulong seed = Request.Seed + (ulong)index;
        RecipeTraining training = Request.Recipe.Training;
        return new TrainerOptions
        {
            Epochs = training.Epochs,
            BatchSize = training.Batch,
            LearningRate = training.LearningRate,
            Beta = training.Beta,
            LayerBeta = Request.Description?.LayerBeta ?? new Dictionary<string, Schedule>(),
            EbopsTarget = training.EbopsTarget,
            Loss = TaskLoss(),
            Score = Data.Score,
            Threads = Request.Recipe.Front is { Seeds: > 1 } ? 1 : null,
            Seed = seed,
            Candidates = Request.Recipe.Selection.Candidates,
            Fronts = Request.Recipe.Selection.Fronts,
            LargestErrorRatio = training.LargestErrorRatio,
            CheckpointPath = Folder.CheckpointOf(index),
            RunDescription = RunDescription(seed),
        };
    }

    // Letters, digits and _ of the file's name: back ends make class and function names of it.
    private static string ModelName(string data)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data))).Split('.')[0];
        string safe = new([.. name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return safe.Length == 0 || char.IsAsciiDigit(safe[0]) ? "model_" + safe : safe;
    }

    private RunPlan PlanOf(HgqModel model)
    {
        int test = Data.Test?.Count ?? 0;
        return new RunPlan(
            Data.Training.Count + Data.Validation.Count + test,
            Data.Training.SampleSize,
            Data.Data.Target switch
            {
                ClassLabels classes => classes.Name,
                RealTargets reals => reals.Name,
                _ => "",
            },
            Data.Data.Target is ClassLabels labels ? labels.ClassNames : [],
            Data.Training.Count,
            Data.Validation.Count,
            test,
            Request.Start is not null
                ? [.. model.Layers.OfType<HDense>().Select(static layer => FormattableString.Invariant($"dense {layer.OutputShape[^1]}"))]
                : Request.Description is { } description
                ? [.. description.Layers.Select(static layer => layer.Kind)]
                : [.. Request.Recipe.Network.Hidden.Append(Data.Outputs)
                    .Select(static units => FormattableString.Invariant($"dense {units}"))],
            model.Layers.OfType<KernelLayer>().Sum(static layer => layer.Kernel.Count));
    }
}
