using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Testing;

namespace HGQ.Report.Tests;

/// <summary>Runs that are made up, so that every part of a page has something to show.</summary>
internal static class SampleRun
{
    public const string Hostile = "<script>alert('x')</script>&\"'\u0000\u202e\ud800{{ 1 }}\u001b[31m";

    public static ModelGraph Model { get; } = ModelReader.ReadFile(RepositoryRoot.Combine("samples", "models", "letter-8647.hgq.json"));

    public static ModelGraph Convolution { get; } =
        ModelReader.ReadFile(RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "mnist_cnn.hgq.json"));

    /// <summary>A run with three seeds.</summary>
    /// <param name="score">What it is judged by.</param>
    /// <param name="name">What everything is called that a user names.</param>
    public static RunRecord Run(string score = "accuracy", string name = "letter") => new()
    {
        Title = name,
        Data = name,
        DataHash = "ABCDEF",
        Target = name,
        Seed = 1,
        Score = score,
        Rows = new RowCounts(600, 200, 200),
        Front = [.. Enumerable.Range(0, 12).Select(n => new RunPoint(
            300 + (n * n * 170),
            Score(score, n),
            0.01,
            Score(score, n) - 0.004,
            0.011,
            100 + n,
            $"seed {1 + (n % 3)}, {name}",
            $"pareto/{n}"))],
        Chosen = 7,
        Candidates = [.. Enumerable.Range(0, 90).Select(n => new RunCandidate(
            320 + (n * 230), Score(score, n / 8) - 0.01, $"seed {1 + (n % 3)}, epoch {n}"))],
        Curves = [.. Enumerable.Range(1, 3).Select(seed => new RunCurve($"seed {seed}", [.. Enumerable.Range(1, 400).Select(epoch =>
            new RunEpoch(epoch, 3.0 / epoch, 0.9 - (0.3 / epoch / seed), 90_000.0 / epoch, 1e-6 * epoch, 1e-3 * (1 + Math.Cos(epoch))))]))],
        Recipe = "{\n  \"title\": \"<recipe>\"\n}",
        Description = name,
        Warnings = [name],
        Versions = [("hgq", "0.1.0"), ("dotnet", "10.0.0")],
        Command = ["train", name],
    };

    /// <summary>Everything that a page can show of a classification.</summary>
    public static ReportContent Content(string name = "letter") => new()
    {
        Model = Model,
        Run = Run(name: name),
        Luts = Enumerable.Range(0, 12).ToDictionary(static n => $"pareto/{n}", static n => 200 + (n * n * 60)),
        Evaluation = Evaluation(Model, new ConfusionRecord(
            name,
            [.. Enumerable.Range(0, 26).Select(n => name.Length > 10 ? name + n : ((char)('A' + n)).ToString())],
            [.. Enumerable.Range(0, 26).Select(static r => Enumerable.Range(0, 26).Select(c => r == c ? 90 : (r * c) % 5).ToArray())])),
        Notes = [name],
        Commands = ["hgq train " + name, "hgq report run"],
    };

    /// <summary>A regression of a model with one output.</summary>
    public static ReportContent Regression()
    {
        double[] targets = [.. Enumerable.Range(0, 4000).Select(static n => Math.Sin(n) * 30)];
        double[] errors = [.. targets.Select(static (t, n) => 0.1 * Math.Cos(3 * n) * t)];
        return new ReportContent
        {
            Model = Convolution,
            Run = Run("rms error"),
            Evaluation = Evaluation(Convolution, new ResidualRecord("y", targets, errors, [("rms error", 1.25), ("R²", 0.97)])),
        };
    }

    private static EvaluationRecord Evaluation(ModelGraph model, OutputRecord output)
    {
        var counter = new OverflowCounter(model, ranges: true);
        int inputs = model.Layers.OfType<InputLayer>().Sum(static layer => layer.Shape.Size);
        for (int n = 0; n < 8; n++)
        {
            counter.Add([.. Enumerable.Range(0, inputs).Select(i => (double)((i * n) % 17))]);
        }

        return new EvaluationRecord("8 rows", [output], counter.Ranges, counter.Counts);
    }

    private static double Score(string score, int n) => score == "accuracy" ? 0.97 - (0.6 / (n + 4)) : 0.2 + (3.0 / (n + 4));
}
