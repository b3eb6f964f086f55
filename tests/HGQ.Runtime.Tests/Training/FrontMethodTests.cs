using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

/// <summary>The front method on small data: all phases, the same bytes again, and after an interruption in each phase.</summary>
public sealed class FrontMethodTests
{
    private static Recipe Small => BuiltInRecipes.Front.WithEpochs(100) with
    {
        Network = BuiltInRecipes.Front.Network with { Hidden = [6] },
        Front = new RecipeFront
        {
            Seeds = 2,
            Trim = new TrimPlan { Starts = 3, Sweeps = 2 },
            Refit = new RefitPlan { Starts = 2, Epochs = 6 },
        },
    };

    [Fact]
    public void Every_point_is_what_its_model_file_says()
    {
        using var folder = new TemporaryFolder();
        RunResult result = Run(folder, "run");

        Assert.True(result.Front.Count >= 2);
        Assert.Equal(result.Front.Select(static p => p.Ebops).Order(), result.Front.Select(static p => p.Ebops));
        Assert.Equal(result.Front.Select(static p => p.Validation).Order(), result.Front.Select(static p => p.Validation));
        foreach (FrontPoint point in result.Front)
        {
            string file = Path.Combine(folder.Path, "run", "pareto", FormattableString.Invariant($"front-{point.Ebops:D6}.hgq.json"));
            Assert.Equal(point.Ebops, Lowerer.Lower(ModelReader.ReadFile(file)).Ebops);
        }

        Assert.Contains(result.Front, static p => p.Origin!.Contains("trim", StringComparison.Ordinal));
        Assert.Contains(result.Front, static p => p.Test is not null);
    }

    // The learning rate is low once in 50 epochs: shorter runs never came there, and had no model.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Runs_of_few_epochs_have_a_model(int epochs)
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder) with { Recipe = Small.WithEpochs(epochs) };

        RunResult result = RecipeRunner.Create(request, Path.Combine(folder.Path, "run")).Run();

        Assert.Equal(result.Chosen.Ebops, Lowerer.Lower(ModelReader.ReadFile(Path.Combine(folder.Path, "run", "model.hgq.json"))).Ebops);
    }

    [Fact]
    public void An_interruption_in_any_phase_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        Run(folder, "whole");
        foreach (string phase in new[] { "seed 1 of 2: ", "trimmed 1 of", "refitted 1 of" })
        {
            string name = "stopped-" + phase[..4];
            using var stop = new CancellationTokenSource();
            var progress = new StoppingProgress(phase, stop);
            RecipeRunner runner = RecipeRunner.Create(Request(folder), Path.Combine(folder.Path, name));
            Assert.ThrowsAny<OperationCanceledException>(() => runner.Run(progress, stop.Token));

            RecipeRunner.Resume(Path.Combine(folder.Path, name)).Run();

            Assert.Equal(Files(folder, "whole"), Files(folder, name));
        }
    }

    [Fact]
    public void A_ramp_ends_where_errors_grow_beyond_what_is_wanted()
    {
        using var folder = new TemporaryFolder();
        Recipe steep = Small with
        {
            Training = Small.Training with
            {
                Epochs = 800,
                Beta = new LogarithmicSchedule(1e-6, 10, 800),
                LearningRate = new CosineRestartSchedule(5e-3, 1e-4, 20),
                LargestErrorRatio = 2,
            },
        };
        RecipeRunner.Create(Request(folder) with { Recipe = steep }, folder.Combine("steep")).Run();

        double[] errors = [.. File.ReadLines(folder.Combine("steep", "history.csv")).Skip(1)
            .Select(static line => 1 - double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))
            .Where(static (_, epoch) => epoch % 20 >= 15)];
        Assert.InRange(errors.Length, 10, 195);

        // Twice the smallest error, or a tenth more.
        double wanted = Math.Min(2 * errors.Min(), errors.Min() + 0.1);
        Assert.True(errors[^5..].Min() > wanted);
        Assert.Contains(errors[..^5].Chunk(5).Skip(1), period => period.Min() <= wanted);
    }

    [Fact]
    public void A_network_that_is_not_compiled_gets_fewer_epochs_and_more_candidates()
    {
        Recipe fitted = BuiltInRecipes.Fitted(BuiltInRecipes.Front, 1000, 1000, compiled: false);
        Assert.Equal((1000, 3), (fitted.Training.Epochs, fitted.Selection.Fronts));
        Assert.Equal(100, BuiltInRecipes.Fitted(BuiltInRecipes.Front, 48_000, 1_000_000, compiled: false).Training.Epochs);
    }

    [Fact]
    public void The_number_of_epochs_follows_the_size_of_the_data()
    {
        Assert.Equal(4500, BuiltInRecipes.Fitted(BuiltInRecipes.Front, 1000, 1000).Training.Epochs);
        Assert.Equal(300, BuiltInRecipes.Fitted(BuiltInRecipes.Front, 48_000, 52_544).Training.Epochs);

        Recipe given = BuiltInRecipes.Front with { Front = new RecipeFront(), Training = RecipeTraining.Standard() };
        Assert.Equal(1000, BuiltInRecipes.Fitted(given, 10, 10).Training.Epochs);
    }

    private static RunResult Run(TemporaryFolder folder, string name) =>
        RecipeRunner.Create(Request(folder), Path.Combine(folder.Path, name)).Run();

    private static RunRequest Request(TemporaryFolder folder)
    {
        string data = folder.Combine("data.csv");
        if (!File.Exists(data))
        {
            File.WriteAllText(data, Table());
        }

        return new RunRequest { Data = data, Options = new DataOptions { Target = "kind" }, Recipe = Small, Seed = 5 };
    }

    // Three classes in four features, apart but not quite.
    private static string Table()
    {
        var random = new DeterministicRandom(3);
        var lines = new List<string> { "a,b,c,d,kind" };
        for (int row = 0; row < 600; row++)
        {
            int kind = row % 3;
            double Feature(int f) => (f == kind ? 1.5 : 0) + random.NextGaussian();
            lines.Add(FormattableString.Invariant($"{Feature(0):F4},{Feature(1):F4},{Feature(2):F4},{Feature(3):F4},k{kind}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static SortedDictionary<string, string> Files(TemporaryFolder folder, string name) => new(
        Directory.EnumerateFiles(Path.Combine(folder.Path, name, "pareto")).ToDictionary(static f => Path.GetFileName(f), File.ReadAllText),
        StringComparer.Ordinal);

    private sealed class StoppingProgress(string phase, CancellationTokenSource stop) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining)
        {
            if (phase.StartsWith("seed", StringComparison.Ordinal) && report.Epoch == 40)
            {
                stop.Cancel();
            }
        }

        public void OnMessage(string message)
        {
            if (!phase.StartsWith("seed", StringComparison.Ordinal) && message.StartsWith(phase[..^4], StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
