using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Export;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Tests.Trimming;
using HGQ.Runtime.Data;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Scores;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>What follows training: trimming, networks of trimmed models that go on training, and whole runs with several workers.</summary>
internal static class FrontScenarios
{
    private const int Rows = 150;

    private static readonly TrimPlan Plan = new() { Sweeps = 2, Grow = true };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. from seed in Enumerable.Range(1, 4)
           from cost in new[] { TrimCostKind.Ebops, TrimCostKind.Luts }
           select new Scenario($"trimming of model {seed} for {cost}", transcript => Trim((ulong)seed, cost, transcript)),
        .. from seed in Enumerable.Range(1, 4)
           select new Scenario($"going on with model {seed}", transcript => Refit((ulong)seed, transcript)),
        new Scenario("a run of the front method", Run),
    ];

    private static void Trim(ulong seed, TrimCostKind cost, Transcript transcript)
    {
        (ModelGraph graph, SampleSet samples) = seed % 2 == 0 ? RandomChain.Classifier(seed, Rows) : RandomChain.Regression(seed, Rows);
        Note(TrimPhase.Run(Start(graph), RowsOf(samples), Plan with { Cost = cost }, seed), transcript);
    }

    private static void Refit(ulong seed, Transcript transcript)
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(seed, Rows);
        var training = new RefitTraining(64, new CrossEntropyLoss());
        FrontRows rows = RowsOf(samples);
        IReadOnlyList<FrontModel> trained = RefitPhase.Run(
            Start(graph), rows, new RefitPlan { Epochs = 3 }, training, new ExportOptions { Name = "chain" }, seed);
        Note(trained, transcript);
        Note(TrimPhase.Run(trained[^1], rows, Plan, seed), transcript);
    }

    private static void Run(Transcript transcript)
    {
        using var folder = new TemporaryFolder();
        string data = folder.Combine("data.csv"), run = folder.Combine("run");
        File.WriteAllText(data, Table());
        Recipe recipe = BuiltInRecipes.Front.WithEpochs(20) with
        {
            Network = BuiltInRecipes.Front.Network with { Hidden = [6] },
            Front = new RecipeFront
            {
                Seeds = 2,
                Trim = new TrimPlan { Starts = 2, Sweeps = 2 },
                Refit = new RefitPlan { Starts = 2, Epochs = 3 },
            },
        };
        var request = new RunRequest { Data = data, Options = new DataOptions { Target = "kind" }, Recipe = recipe, Seed = 5 };
        RecipeRunner.Create(request, run).Run();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(run, "pareto")).Order(System.StringComparer.Ordinal))
        {
            transcript.Add(Path.GetFileName(file));
            transcript.Add(File.ReadAllBytes(file));
        }
    }

    private static string Table()
    {
        SampleSet samples = Training.Blobs.Samples(300, 3);
        IEnumerable<string> lines = Enumerable.Range(0, samples.Count).Select(row => string.Join(
            ',',
            [
                .. samples.Features.Skip(row * samples.SampleSize).Take(samples.SampleSize)
                    .Select(static x => x.ToString("F4", System.Globalization.CultureInfo.InvariantCulture)),
                "k" + samples.Labels[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
            ]));
        return "a,b,c,d,kind\n" + string.Join('\n', lines) + "\n";
    }

    private static FrontModel Start(ModelGraph graph) => new(graph, 0, 0, 1e-3, "chain");

    private static FrontRows RowsOf(SampleSet samples) =>
        new(samples, samples, samples.Labels.Length > 0 ? new AccuracyScore() : new RootMeanSquareScore(1));

    private static void Note(IReadOnlyList<FrontModel> models, Transcript transcript)
    {
        foreach (FrontModel model in models)
        {
            transcript.Add(ModelWriter.Write(model.Graph));
            transcript.Add([model.Ebops, model.Score]);
        }
    }
}
