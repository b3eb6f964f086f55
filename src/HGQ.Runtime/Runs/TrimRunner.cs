using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Scores;
using HGQ.Runtime.Trimming;

namespace HGQ.Runtime.Runs;

/// <summary>
/// Trims a model file into a folder like that of a run: what <c>hgq trim</c> does. The same model, data and goal give the same models,
/// byte for byte, and a run that was stopped goes on where it was when it is asked for once more.
/// </summary>
public sealed class TrimRunner
{
    private readonly TrimRequest _request;
    private readonly RunFolder _folder;
    private readonly TrimData _data;
    private readonly string _description;

    private TrimRunner(TrimRequest request, RunFolder folder, TrimData data, string description) =>
        (_request, _folder, _data, _description) = (request, folder, data, description);

    /// <summary>What models are judged by.</summary>
    public Score Score => _data.Rows.Score;

    /// <summary>Rows that judge changes, rows that choose, rows that are only reported.</summary>
    public (int Training, int Validation, int Test) Rows =>
        (_data.Rows.Training.Count, _data.Rows.Validation.Count, _data.Test?.Count ?? 0);

    /// <summary>Whether the rows are split as they were in the training; else the model may have learned from rows that choose.</summary>
    public bool HasSplitOfRun => _data.IsOfRun;

    /// <summary>Reads the data, then claims the folder.</summary>
    /// <param name="request">What is to be done.</param>
    /// <param name="folder">A new folder, or that of an earlier trimming.</param>
    /// <param name="force">Takes a folder with other content too.</param>
    /// <exception cref="TrimException">The model has a layer that can't be trimmed; nothing was written.</exception>
    /// <exception cref="DataFormatException">The data are not as they should be; nothing was written.</exception>
    /// <exception cref="IOException">The folder holds something else.</exception>
    public static TrimRunner Create(TrimRequest request, string folder, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        ModelTrimmer.RequireTrimmable(request.Graph);
        request = request with { Graph = ModelFacts.WithoutFigures(request.Graph) };
        var run = new RunFolder(folder);
        var data = TrimData.Load(request);
        string description = Describe(request, data);
        Claim(run, request, data, description, force);
        return new TrimRunner(request, run, data, description);
    }

    /// <summary>Trims and writes the folder's files.</summary>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellation">Stops it; the sweeps that are done are kept.</param>
    public RunResult Run(ITrainingProgress? progress = null, CancellationToken cancellation = default)
    {
        progress ??= SilentProgress.Instance;
        var search = new TrimSearch(_data.Rows, _request.Goal, new PhaseStore(_folder.Phases, _description), progress, cancellation);
        IReadOnlyList<FrontModel> models = search.Run(_request.Graph);
        IReadOnlyList<FrontPoint> front = [.. FrontModel.Front(models).Select(PointOf)];
        int rows = _data.Rows.Validation.Count;
        FrontPoint chosen = PointSelection.Choose(front, SelectionOf(models[^1]), rows);
        string[] warnings = _request.Goal.Ebops is { } limit && models[^1].Ebops > limit
            ? [FormattableString.Invariant($"{limit} EBOPs were not reached in {_request.Goal.Sweeps} sweeps")]
            : [];
        foreach (string warning in warnings)
        {
            progress.OnMessage("warning: " + warning);
        }

        var result = new RunResult(Score, front, chosen, models.Count, warnings)
        {
            TrainingRows = Rows.Training,
            ValidationRows = rows,
            TestRows = Rows.Test,
            All = [.. models.Select(CandidateOf)],
        };
        RunFiles.WriteResult(_folder, _data.Run, result);
        return result;
    }

    /// <summary>The test rows with what a model should say about them, or the validation rows where there are no test rows.</summary>
    /// <param name="program">One of the run's models.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    /// <exception cref="DataFormatException">The data are no longer what they were.</exception>
    public (RunPart Part, LabelledSamples Rows) JudgedRows(IntegerProgram program, ModelDescription description) =>
        RunRows.LoadJudged(_data.Run, null, program, description);

    private static void Claim(RunFolder run, TrimRequest request, TrimData data, string description, bool force)
    {
        if (TrainedState.FindRun(request.Model) is { } own && own.Path == run.Path)
        {
            throw new IOException($"{run.Path} is the folder of the model itself. Choose another folder.");
        }

        if (run.IsRun && !run.IsTrimmed && !force)
        {
            throw new IOException($"{run.Path} holds a training run. Choose another folder, or use --force to replace that run.");
        }

        if (run.IsTrimmed && File.ReadAllText(run.Trimming) == description)
        {
            return;
        }

        if (!force)
        {
            RunComparison.RequireSame(run, data.Run);
        }

        run.Prepare(force);
        RunFiles.WriteRequest(run, data.Run with { Command = request.Command }, isTable: !File.Exists(data.Run.Options.Target));
        AtomicFile.WriteText(run.Trimming, description);
    }

    private static string Describe(TrimRequest request, TrimData data)
    {
        byte[] model = SHA256.HashData(Encoding.UTF8.GetBytes(ModelWriter.Write(request.Graph)));
        return JsonSerializer.Serialize(new
        {
            model = Convert.ToHexString(model),
            data = data.Run.DataHash,
            split = RecipeReader.Print(new Recipe { Split = data.Run.Recipe.Split }),
            seed = data.Run.Seed,
            goal = request.Goal,
        }) + "\n";
    }

    private RecipeSelection SelectionOf(FrontModel last) => (_request.Goal.Ebops, _request.Goal.Price) switch
    {
        ({ } limit, _) => new RecipeSelection { Choose = ChoiceKind.BestWithin, Ebops = limit },
        (null, not null) => new RecipeSelection { Choose = ChoiceKind.BestWithin, Ebops = last.Ebops },
        _ => new RecipeSelection { Choose = ChoiceKind.WithinStandardError },
    };

    private FrontPoint PointOf(FrontModel model) => CandidateOf(model) with
    {
        Test = _data.Test is { } test ? CandidateEvaluator.Judge(model.Graph, test, Score) : null,
    };

    private static FrontPoint CandidateOf(FrontModel model) => new(
        -1, model.Graph, model.Ebops, model.Score, null, CandidateEvaluator.NonZero(model.Graph), model.Origin);
}
