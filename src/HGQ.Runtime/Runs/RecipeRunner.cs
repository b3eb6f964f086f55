using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Runs;

/// <summary>
/// Follows a recipe from the data file to the exported models: what <c>hgq train</c> does. The same seed, data and machine give the
/// same models, byte for byte, also when the run was stopped and resumed in between.
/// </summary>
public sealed class RecipeRunner
{
    private readonly RunSetup _setup;
    private readonly List<string> _warnings = [];
    private readonly bool _resumes;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private RecipeRunner(RunRequest request, RunFolder folder, PreparedData data, bool resumes)
    {
        (_setup, _resumes) = (new RunSetup(request, folder, data, requiresExport: !resumes), resumes);
        _warnings.AddRange(_setup.Data.Data.Warnings);
    }

    /// <summary>What the run is judged by.</summary>
    public Score Score => _setup.Data.Score;

    /// <summary>What is trained and how.</summary>
    public RunRequest Request => _setup.Request;

    /// <summary>Rows, target, split and network.</summary>
    public RunPlan Plan => _setup.Plan;

    /// <summary>Folder for event files of TensorBoard, of several seeds with a folder for each; null writes none.</summary>
    public string? EventFolder { get; set; }

    /// <summary>Prepares a new run; reads the data, then claims the folder.</summary>
    /// <exception cref="DataFormatException">The data are not as they should be; nothing was written.</exception>
    /// <exception cref="Descriptions.DescriptionException">The description does not fit the data; nothing was written.</exception>
    /// <exception cref="ExportException">The network could be trained, but not exported; nothing was written.</exception>
    /// <exception cref="IOException">The folder holds something else, or a run of other data, another target or another network.</exception>
    public static RecipeRunner Create(RunRequest request, string folder, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = new RunFolder(folder);
        var content = DataContent.Read(request.Data, request.Options.Target);
        string name = request.Data;
        bool piped = !DataFile.IsLasting(name);
        request = request with { Data = piped ? run.PipedData : name, DataHash = content.Hash };
        var runner = new RecipeRunner(request, run, PreparedData.Load(request, content.Bytes, name), resumes: false);
        if (!force)
        {
            RunComparison.RequireSame(run, request);
        }

        run.Prepare(force);
        if (piped)
        {
            File.WriteAllBytes(run.PipedData, content.Bytes!);
        }

        RunFiles.WriteRequest(run, runner._setup.Request, runner._setup.Data.Data.FeatureNames.Count > 0);
        return runner;
    }

    /// <summary>Prepares to go on with an interrupted run.</summary>
    /// <exception cref="CheckpointException">The folder is not that of a run.</exception>
    /// <exception cref="IOException">It is that of a trimming.</exception>
    public static RecipeRunner Resume(string folder)
    {
        var run = new RunFolder(folder);
        RunRequest request = RunFiles.ReadRequest(run);
        if (run.IsTrimmed)
        {
            throw new IOException($"{folder} was made by hgq trim; give that command once more, and it goes on.");
        }

        return new RecipeRunner(request, run, PreparedData.Load(request), resumes: true);
    }

    /// <summary>Trains, calibrates, exports and writes the folder's files.</summary>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellation">Stops after the epoch at hand; <see cref="Resume"/> goes on from there.</param>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint is written.</exception>
    public RunResult Run(ITrainingProgress? progress = null, CancellationToken cancellation = default)
    {
        progress ??= SilentProgress.Instance;
        foreach (string warning in _warnings)
        {
            progress.OnMessage("warning: " + warning);
        }

        IReadOnlyList<FrontPoint> points = _setup.Request.Recipe.Front is { } front
            ? Search(front, progress, cancellation)
            : TrainOnce(progress, cancellation);
        points = _setup.Request.Start is { } start ? [.. points, PointOf(start)] : points;
        IReadOnlyList<FrontPoint> reported = [.. PointSelection.Front(points).Select(WithTest)];
        FrontPoint chosen = PointSelection.Choose(reported, _setup.Request.Recipe.Selection, _setup.Data.Validation.Count);
        var result = new RunResult(_setup.Data.Score, reported, chosen, points.Count, _warnings)
        {
            TrainingRows = _setup.Data.Training.Count,
            ValidationRows = _setup.Data.Validation.Count,
            TestRows = _setup.Data.Test?.Count ?? 0,
            All = points,
        };
        RunFiles.WriteResult(_setup.Folder, _setup.Request, result);
        return result;
    }

    /// <summary>
    /// Compares a model that this run exported with the trained network it came from, in float64, over training, validation and test
    /// rows.
    /// </summary>
    /// <param name="graph">One of the run's models.</param>
    /// <returns>What was found; null where the checkpoint no longer holds the model's epoch.</returns>
    /// <exception cref="CheckpointException">There is no checkpoint, or it belongs to another run.</exception>
    public FloatVerification? Verify(ModelGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using HgqModel model = _setup.NewModel();
        var network = new HgqNetwork(model);
        using var trainer = new Trainer(network, new AdamOptimizer(model.parameters()), _setup.Data.Training, _setup.Data.Validation, _setup.Options());
        trainer.RestoreCheckpoint(_setup.Folder.Checkpoint);
        string? epoch = graph.Metadata.Find(ModelFacts.Epoch);
        Candidate? source = trainer.Candidates.FirstOrDefault(c => FormattableString.Invariant($"{c.Epoch}") == epoch);
        if (source is null)
        {
            return null;
        }

        source.State.Restore(network.State);
        ExportedRanges.Restore(model, graph);
        SampleSet rows = _setup.Data.Training.Concat(_setup.Data.Validation);
        return FloatVerifier.Verify(model, graph, (_setup.Data.Test is { } test ? rows.Concat(test) : rows).Features);
    }

    /// <summary>
    /// Rows of the data with what a model should say about them: the test rows, or the validation rows where there are no test rows.
    /// Nothing is read again.
    /// </summary>
    /// <param name="program">One of the run's models.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    public (RunPart Part, LabelledSamples Rows) JudgedRows(IntegerProgram program, ModelDescription description) =>
        RunRows.Judged(new RunRows.Parts(
            LabelledSamples.Of(_setup.Data.Data, program, description),
            _setup.Data.Split,
            _setup.Data.TestFile is { } test ? LabelledSamples.Of(test, program, description) : null));

    private FrontPoint[] TrainOnce(ITrainingProgress progress, CancellationToken cancellation) =>
        [.. Training().Run(0, progress, cancellation).Select(static p => p.Point)];

    private SeedTraining Training() => new(_setup, _resumes, EventFolder, Warn);

    private FrontPoint[] Search(RecipeFront front, ITrainingProgress progress, CancellationToken cancellation)
    {
        var gate = new Lock();
        var store = new PhaseStore(_setup.Folder.Phases, _setup.RunDescription(_setup.Request.Seed));
        var search = new FrontSearch(
            front,
            new FrontRows(_setup.Data.Training, _setup.Data.Validation, _setup.Data.Score),
            new RefitTraining(_setup.Request.Recipe.Training.Batch, _setup.TaskLoss()),
            _setup.ExportOptions(),
            store,
            _setup.Request.Seed,
            () => _clock.Elapsed.TotalSeconds > front.Budget,
            progress,
            cancellation);
        SeedTraining training = Training();
        IReadOnlyList<FrontModel> models = search.Run(index =>
        [
            .. training.Run(index, new SeedProgress(progress, index, front.Seeds, gate), cancellation).Select(p => new FrontModel(
                p.Point.Graph, p.Point.Ebops, p.Point.Validation, p.Beta, OriginOf(index, p.Point))
            {
                Epoch = p.Point.Epoch,
            }),
        ]);
        return
        [
            .. models.Select(static m =>
                new FrontPoint(m.Epoch ?? -1, m.Graph, m.Ebops, m.Score, null, CandidateEvaluator.NonZero(m.Graph), m.Origin)),
        ];
    }

    // What was begun with may be as good as anything that training has found.
    private FrontPoint PointOf(StartModel start)
    {
        ModelGraph graph = start.Graph with { Metadata = _setup.ExportOptions().Metadata };
        var exported = ExportedModel.Of(graph);
        double validation = CandidateEvaluator.Judge(exported, _setup.Data.Validation, _setup.Data.Score);
        return new FrontPoint(-1, graph, (long)exported.Program.Ebops, validation, null, CandidateEvaluator.NonZero(graph), "start");
    }

    private FrontPoint WithTest(FrontPoint point) =>
        _setup.Data.Test is { } test ? point with { Test = CandidateEvaluator.Judge(point.Graph, test, _setup.Data.Score) } : point;

    private string OriginOf(int index, FrontPoint point) =>
        FormattableString.Invariant($"seed {_setup.Request.Seed + (ulong)index}, epoch {point.Epoch + 1}");

    private void Warn(string warning, ITrainingProgress progress)
    {
        lock (_warnings)
        {
            _warnings.Add(warning);
        }

        progress.OnMessage("warning: " + warning);
    }
}
