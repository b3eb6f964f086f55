using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Runs;

/// <summary>The rows that a model is trimmed with, scaled as its file says.</summary>
/// <param name="Run">The run whose split they have: that of the model, or one made up for it.</param>
/// <param name="IsOfRun">Whether the split is that of the training.</param>
/// <param name="Rows">Rows that judge.</param>
/// <param name="Test">Rows that are only reported; null without any.</param>
internal sealed record TrimData(RunRequest Run, bool IsOfRun, FrontRows Rows, SampleSet? Test)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="DataFormatException">There are no data, or they don't fit the model.</exception>
    public static TrimData Load(TrimRequest request)
    {
        IntegerProgram program = Lowerer.Lower(request.Graph);
        var description = ModelDescription.Of(request.Graph.Metadata, program.Outputs[0].Shape.Size);
        (RunRequest run, bool isOfRun) = RunOf(request, program, description);
        RunRows.Parts parts = RunRows.Read(run, null, program, description);
        FeatureScaling scaling = ScalingOf(program.Inputs[0]);
        var targets = new TargetScaling(description.TargetMean, description.TargetScale);
        Score score = description.IsClassifier ? new AccuracyScore() : new RootMeanSquareScore(targets.Scale);
        SampleSet Of(LabelledSamples rows) => Scaled(rows, program.InputSize, scaling, targets);
        LabelledSamples? test = parts.Test ?? (parts.Split.Test.Count > 0 ? parts.All.Of(parts.Split.Test) : null);
        return new TrimData(
            run,
            isOfRun,
            new FrontRows(Of(parts.All.Of(parts.Split.Train)), Of(parts.All.Of(parts.Split.Validation)), score),
            test is null ? null : Of(test));
    }

    // The data of the run, named or not, are split as the run did; others as a new run would.
    private static (RunRequest Run, bool IsOfRun) RunOf(TrimRequest request, IntegerProgram program, ModelDescription description)
    {
        RunRequest? run = RunRows.RequestOf(request.Model);
        if (run is not null && request.Target is null && request.Data is null)
        {
            return (run, true);
        }

        string data = request.Data ?? run?.Data ?? throw new DataFormatException(
            request.Model, "no run beside the model", "the rows to trim it with", "Name them (--data).");
        if (!DataFile.IsLasting(data))
        {
            throw new DataFormatException(
                DataFile.NameOf(data),
                "something that can be read only once",
                "a file, which is also there to go on after an interruption",
                "Write the rows to a file and name that (--data).");
        }

        string? target = request.Target ?? run?.Options.Target ?? description.Target;
        string hash = DataContent.Read(data, target).Hash;
        if (run is not null && Path.GetFileName(target) == Path.GetFileName(run.Options.Target) && hash == run.DataHash)
        {
            return (run with { Data = data }, true);
        }

        bool named = description.Features.Count == program.InputSize;
        return (
            new RunRequest
            {
                Data = data,
                DataHash = hash,
                Seed = request.Goal.Seed,
                Recipe = new Recipe { Title = "trimmed" },
                Options = new DataOptions
                {
                    Target = target,
                    Task = description.IsClassifier ? LearningTask.Classification : LearningTask.Regression,
                    Features = named ? description.Features : null,
                    Labels = description.Labels,
                },
            },
            false);
    }

    private static FeatureScaling ScalingOf(ProgramInput input) => input.Standardization is { } standardization
        ? new FeatureScaling(Numbers(standardization.Mean), Numbers(standardization.Scale))
        : FeatureScaling.Identity;

    private static double[] Numbers(IEnumerable<string> texts) =>
        [.. texts.Select(static text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static SampleSet Scaled(LabelledSamples rows, int size, FeatureScaling scaling, TargetScaling targets)
    {
        var features = new float[(long)rows.Samples.Count * size];
        var row = new double[size];
        for (int r = 0; r < rows.Samples.Count; r++)
        {
            rows.Samples.CopyTo(r, row);
            scaling.Apply(row, features.AsSpan(r * size, size));
        }

        return new SampleSet(
            features, [size], [.. rows.Classes.Select(static label => (long)label)], [.. rows.Targets.Select(targets.Apply)]);
    }
}
