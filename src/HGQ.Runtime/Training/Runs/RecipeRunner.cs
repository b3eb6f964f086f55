using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Events;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Training.Runs;

/// <summary>
/// Follows a recipe from the data file to the exported models: what <c>hgq train</c> does. The same seed, data and machine give the
/// same models, byte for byte, also when the run was stopped and resumed in between.
/// </summary>
public sealed class RecipeRunner
{
    private readonly RunRequest _request;
    private readonly RunFolder _folder;
    private readonly PreparedData _data;
    private readonly List<string> _warnings = [];
    private readonly IReadOnlyList<(string Name, int Size)> _ports;
    private readonly int _outputs;
    private readonly bool _resumes;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private RecipeRunner(RunRequest request, RunFolder folder, PreparedData data, bool resumes)
    {
        (_request, _folder, _data, _resumes) = (request, folder, data, resumes);
        using HgqModel model = NewModel();
        _outputs = model.Outputs.Count;
        _request = request with { Recipe = RunLength.Fit(request.Recipe, data, model, TaskLoss(), NewModel, () => Options()) };
        Plan = PlanOf(model);
        _ports = [.. model.InputPorts.Select(static port => (port.Name, (int)port.OutputShape.Aggregate(1L, static (product, n) => product * n)))];
        _warnings.AddRange(_data.Data.Warnings);
    }

    /// <summary>What the run is judged by.</summary>
    public Score Score => _data.Score;

    /// <summary>What is trained and how.</summary>
    public RunRequest Request => _request;

    /// <summary>Rows, target, split and network.</summary>
    public RunPlan Plan { get; }

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
        runner.RequireExportable();
        if (!force)
        {
            RunComparison.RequireSame(run, request);
        }

        run.Prepare(force);
        if (piped)
        {
            File.WriteAllBytes(run.PipedData, content.Bytes!);
        }

        RunFiles.WriteRequest(run, runner._request, runner._data.Data.FeatureNames.Count > 0);
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

        IReadOnlyList<FrontPoint> points = _request.Recipe.Front is { } front
            ? Search(front, progress, cancellation)
            : TrainOnce(progress, cancellation);
        IReadOnlyList<FrontPoint> reported = [.. PointSelection.Front(points).Select(WithTest)];
        FrontPoint chosen = PointSelection.Choose(reported, _request.Recipe.Selection, _data.Validation.Count);
        var result = new RunResult(_data.Score, reported, chosen, points.Count, _warnings)
        {
            TrainingRows = _data.Training.Count,
            ValidationRows = _data.Validation.Count,
            TestRows = _data.Test?.Count ?? 0,
            All = points,
        };
        RunFiles.WriteResult(_folder, _request, result);
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
        using HgqModel model = NewModel();
        var network = new HgqNetwork(model);
        using var trainer = new Trainer(network, new AdamOptimizer(model.parameters()), _data.Training, _data.Validation, Options());
        trainer.RestoreCheckpoint(_folder.Checkpoint);
        string? epoch = graph.Metadata.Find(ModelFacts.Epoch);
        Candidate? source = trainer.Candidates.FirstOrDefault(c => FormattableString.Invariant($"{c.Epoch}") == epoch);
        if (source is null)
        {
            return null;
        }

        source.State.Restore(network.State);
        SampleSet rows = _data.Training.Concat(_data.Validation);
        return FloatVerifier.Verify(model, graph, (_data.Test is { } test ? rows.Concat(test) : rows).Features);
    }

    /// <summary>
    /// Rows of the data with what a model should say about them: the test rows, or the validation rows where there are no test rows.
    /// Nothing is read again.
    /// </summary>
    /// <param name="program">One of the run's models.</param>
    /// <param name="description">What its metadata tell of the outputs that the targets are for.</param>
    public (RunPart Part, LabelledSamples Rows) JudgedRows(IntegerProgram program, ModelDescription description) =>
        RunRows.Judged(new RunRows.Parts(
            LabelledSamples.Of(_data.Data, program, description),
            _data.Split,
            _data.TestFile is { } test ? LabelledSamples.Of(test, program, description) : null));

    private FrontPoint[] TrainOnce(ITrainingProgress progress, CancellationToken cancellation) =>
        [.. TrainWithSeed(0, progress, cancellation).Select(static p => p.Point)];

    private FrontPoint[] Search(RecipeFront front, ITrainingProgress progress, CancellationToken cancellation)
    {
        var gate = new Lock();
        var store = new PhaseStore(_folder.Phases, RunDescription(_request.Seed));
        var search = new FrontSearch(
            front,
            new FrontRows(_data.Training, _data.Validation, _data.Score),
            new RefitTraining(_request.Recipe.Training.Batch, TaskLoss()),
            ExportOptions(),
            store,
            _request.Seed,
            () => _clock.Elapsed.TotalSeconds > front.Budget,
            progress,
            cancellation);
        IReadOnlyList<FrontModel> models = search.Run(index =>
        [
            .. TrainWithSeed(index, new SeedProgress(progress, index, front.Seeds, gate), cancellation).Select(p => new FrontModel(
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

    private string OriginOf(int index, FrontPoint point) =>
        FormattableString.Invariant($"seed {_request.Seed + (ulong)index}, epoch {point.Epoch + 1}");

    private List<(FrontPoint Point, double Beta)> TrainWithSeed(int index, ITrainingProgress progress, CancellationToken cancellation)
    {
        ulong seed = _request.Seed + (ulong)index;
        using HgqModel model = NewModel(seed);
        model.Warning += warning => Warn(warning, progress);
        var network = new HgqNetwork(model);
        RecipeAdam adam = _request.Recipe.Training.Adam;
        RateFactors rates = _request.Recipe.Training.Rates;
        rates = _request.Description?.Rates(rates) ?? rates;
        var optimizer = new AdamOptimizer(model, rates, adam.Beta1, adam.Beta2, adam.Epsilon);
        using var trainer = new Trainer(network, optimizer, _data.Training, _data.Validation, Options(index));
        Train(trainer, index, progress, cancellation);
        return Evaluate(trainer, network, seed, progress, cancellation);
    }

    private void Train(Trainer trainer, int index, ITrainingProgress progress, CancellationToken cancellation)
    {
        if (_resumes && File.Exists(_folder.CheckpointOf(index)))
        {
            trainer.RestoreCheckpoint(_folder.CheckpointOf(index));
            progress.OnMessage(FormattableString.Invariant($"resumed after epoch {trainer.Epoch} of {_request.Recipe.Training.Epochs}"));
        }

        using EventProgress? events = EventFolderOf(index) is { } folder ? new EventProgress(folder, Score, progress) : null;
        try
        {
            trainer.Run(events ?? progress, cancellation);
        }
        finally
        {
            AtomicFile.WriteText(_folder.HistoryOf(index), trainer.History.ToCsv());
        }
    }

    private string? EventFolderOf(int index) => EventFolder is { } folder && _request.Recipe.Front is { Seeds: > 1 }
        ? Path.Combine(folder, FormattableString.Invariant($"seed-{_request.Seed + (ulong)index}"))
        : EventFolder;

    private List<(FrontPoint Point, double Beta)> Evaluate(
        Trainer trainer, HgqNetwork network, ulong seed, ITrainingProgress progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using HgqModel twin = NewModel(seed);
        twin.ToFloat64();
        using var evaluator = new CandidateEvaluator(
            twin, network.State, _data.Training, _data.Validation, null, _data.Score, ExportOptions(seed), CoverFactor);
        List<(FrontPoint Point, double Beta)> points = Points(evaluator, trainer, progress, cancellation);
        progress.OnMessage(FormattableString.Invariant($"{points.Count} candidates calibrated and exported in {clock.Elapsed.TotalSeconds:F1} s"));
        return points;
    }

    // Training may lead a network to where it can't be exported: its other candidates still can.
    private List<(FrontPoint Point, double Beta)> Points(
        CandidateEvaluator evaluator, Trainer trainer, ITrainingProgress progress, CancellationToken cancellation)
    {
        var points = new List<(FrontPoint, double)>();
        Exception? last = null;
        foreach (Candidate candidate in trainer.Candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                points.Add((evaluator.Evaluate(candidate), trainer.History.Epochs[candidate.Epoch].Beta));
            }
            catch (Exception e) when (e is ExportException or InexactLayerException or ArgumentException)
            {
                last = e;
                Warn(FormattableString.Invariant($"the candidate of epoch {candidate.Epoch} was left out: {PlainMessage.Of(e)}"), progress);
            }
        }

        return points.Count > 0 || last is null ? points : throw last;
    }

    private void Warn(string warning, ITrainingProgress progress)
    {
        lock (_warnings)
        {
            _warnings.Add(warning);
        }

        progress.OnMessage("warning: " + warning);
    }

    private FrontPoint WithTest(FrontPoint point) =>
        _data.Test is { } test ? point with { Test = CandidateEvaluator.Judge(point.Graph, test, _data.Score) } : point;

    private RunPlan PlanOf(HgqModel model)
    {
        int test = _data.Test?.Count ?? 0;
        return new RunPlan(
            _data.Training.Count + _data.Validation.Count + test,
            _data.Training.SampleSize,
            _data.Data.Target switch
            {
                ClassLabels classes => classes.Name,
                RealTargets reals => reals.Name,
                _ => "",
            },
            _data.Data.Target is ClassLabels labels ? labels.ClassNames : [],
            _data.Training.Count,
            _data.Validation.Count,
            test,
            _request.Description is { } description
                ? [.. description.Layers.Select(static layer => layer.Kind)]
                : [.. _request.Recipe.Network.Hidden.Append(_data.Outputs).Select(static units => FormattableString.Invariant($"dense {units}"))],
            model.Layers.OfType<KernelLayer>().Sum(static layer => layer.Kernel.Count));
    }

    private void RequireExportable()
    {
        using HgqModel model = NewModel();
        model.ToFloat64();
        ExportCheck.Require(model, _data.Training, ExportOptions(), _request.Description);
    }

    private ExportOptions ExportOptions() => ExportOptions(_request.Seed);

    private ExportOptions ExportOptions(ulong seed)
    {
        RecipeExport export = _request.Recipe.Export;
        return new ExportOptions
        {
            Name = _request.Description?.Name ?? ModelName(_request.Data),
            Overflow = RecipeExport.ModeOf(export.Overflow),
            InputOverflow = RecipeExport.ModeOf(export.InputOverflow),
            InputMarginBits = export.InputMarginBits,
            Metadata = ModelFacts.Of(_data, _request with { Seed = seed }, _ports),
        };
    }

    private TrainingLoss TaskLoss() => _outputs == 1 ? _data.Loss : new SharedTargetLoss(_data.Loss, _outputs);

    private double CoverFactor => _request.Recipe.Export.CoverFactor;

    private HgqModel NewModel() => NewModel(_request.Seed);

    private HgqModel NewModel(ulong seed) =>
        NetworkBuilder.Build(_request.Recipe, _request.Description, _data.Training.SampleSize, _data.Outputs, seed);

    private string RunDescription(ulong seed) => FormattableString.Invariant(
        $"seed {seed}\ndata {_data.Fingerprint()}\n{RecipeReader.Print(_request.Recipe)}{_request.Description?.Text}");

    private TrainerOptions Options(int index = 0)
    {
        ulong seed = _request.Seed + (ulong)index;
        RecipeTraining training = _request.Recipe.Training;
        return new TrainerOptions
        {
            Epochs = training.Epochs,
            BatchSize = training.Batch,
            LearningRate = training.LearningRate,
            Beta = training.Beta,
            LayerBeta = _request.Description?.LayerBeta ?? new Dictionary<string, Schedule>(),
            EbopsTarget = training.EbopsTarget,
            Loss = TaskLoss(),
            Score = _data.Score,
            Threads = _request.Recipe.Front is { Seeds: > 1 } ? 1 : null,
            Seed = seed,
            Candidates = _request.Recipe.Selection.Candidates,
            Fronts = _request.Recipe.Selection.Fronts,
            LargestErrorRatio = training.LargestErrorRatio,
            CheckpointPath = _folder.CheckpointOf(index),
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
}
