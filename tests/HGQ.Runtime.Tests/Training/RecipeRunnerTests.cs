using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

public class RecipeRunnerTests
{
    [Fact]
    public void Equal_runs_write_equal_files_and_a_resumed_run_too()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder);
        RunResult result = RecipeRunner.Create(request, folder.Combine("a")).Run();
        RecipeRunner.Create(request, folder.Combine("b")).Run();
        using var stop = new CancellationTokenSource();
        RecipeRunner stopped = RecipeRunner.Create(request, folder.Combine("c"));
        Assert.Throws<OperationCanceledException>(() => stopped.Run(new StopAtOnce(stop), stop.Token));
        Assert.False(File.Exists(folder.Combine("c", "model.hgq.json")));
        Assert.True(File.Exists(folder.Combine("c", "history.csv")));
        RecipeRunner.Resume(folder.Combine("c")).Run();
        string[] files = Files(folder.Combine("a"));
        Assert.Equal(5 + result.Front.Count, files.Length - 1);
        foreach (string other in new[] { "b", "c" })
        {
            Assert.Equal(files, Files(folder.Combine(other)));
            Assert.All(files, f => Assert.Equal(File.ReadAllBytes(folder.Combine("a", f)), File.ReadAllBytes(folder.Combine(other, f))));
        }
    }

    [Fact]
    public void The_model_holds_figures_preprocessing_and_names_and_its_program_costs_what_is_reported()
    {
        using var folder = new TemporaryFolder();
        RunResult result = RecipeRunner.Create(Request(folder), folder.Combine("out")).Run();
        ModelGraph graph = ModelReader.ReadFile(folder.Combine("out", "model.hgq.json"));
        Assert.Equal("points", graph.Name);
        Assert.Equal("[\"a\",\"b\",\"c\"]", graph.Metadata.Find("classes"));
        Assert.Equal("[\"f0\",\"f1\",\"f2\",\"f3\"]", graph.Metadata.Find("features"));
        Assert.Equal(Blobs.Features, Assert.Single(graph.Metadata.Preprocessing).Mean.Length);
        IntegerProgram program = Lowerer.Lower(graph);
        Assert.Equal(result.Chosen.Ebops, program.Ebops);
        Assert.Equal(result.Chosen.NonZero, program.Layers.Sum(static l => l.NonzeroWeights));
        JsonNode summary = JsonNode.Parse(File.ReadAllText(folder.Combine("out", "summary.json")))!;
        Assert.Equal(result.Front.Count, summary["front"]!.AsArray().Count);
        Assert.Equal(result.Chosen.Ebops, (long)summary["chosen"]!["ebops"]!);
        Assert.True(result.Chosen.Validation > 0.8, $"validation {result.Chosen.Validation}");
        Assert.All(result.Front, p => Assert.True(File.Exists(folder.Combine("out", "pareto", $"e{p.Epoch:D4}-{p.Ebops}.hgq.json"))));
    }

    [Fact]
    public void Every_model_of_the_front_agrees_with_the_network_it_came_from()
    {
        using var folder = new TemporaryFolder();
        RunResult result = RecipeRunner.Create(Request(folder), folder.Combine("out")).Run();
        RecipeRunner run = RecipeRunner.Resume(folder.Combine("out"));
        foreach (string file in Directory.EnumerateFiles(folder.Combine("out", "pareto")))
        {
            FloatVerification found = run.Verify(ModelReader.ReadFile(file))!;
            Assert.Equal(0, found.Mismatches);
            Assert.Equal((400, 400 * Blobs.Classes), (found.Samples, (int)found.Elements + (found.OverflowSamples * Blobs.Classes)));
        }

        Assert.Null(run.Verify(result.Chosen.Graph));
    }

    [Fact]
    public void Batch_norms_of_a_recipe_are_trained_resumed_and_exported()
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = Blobs.Recipe with { Network = new RecipeNetwork { Hidden = [8], Normalization = NormalizationKind.Batch } };
        RunRequest request = Request(folder) with { Recipe = recipe };
        RunResult result = RecipeRunner.Create(request, folder.Combine("a")).Run();
        using var stop = new CancellationTokenSource();
        RecipeRunner stopped = RecipeRunner.Create(request, folder.Combine("b"));
        Assert.Throws<OperationCanceledException>(() => stopped.Run(new StopAtOnce(stop), stop.Token));
        RecipeRunner resumed = RecipeRunner.Resume(folder.Combine("b"));
        resumed.Run();
        string[] models = [folder.Combine("a", "model.hgq.json"), folder.Combine("b", "model.hgq.json")];
        Assert.Equal(File.ReadAllBytes(models[0]), File.ReadAllBytes(models[1]));
        Assert.All(result.Front, p => Assert.True(File.Exists(folder.Combine("b", "pareto", $"e{p.Epoch:D4}-{p.Ebops}.hgq.json"))));
        foreach (string file in Directory.EnumerateFiles(folder.Combine("b", "pareto")))
        {
            ModelGraph graph = ModelReader.ReadFile(file);
            Assert.All(graph.Layers.OfType<DenseLayer>(), static l => Assert.NotNull(l.Bias));
            FloatVerification found = resumed.Verify(graph)!;
            Assert.Equal((0, 400), (found.Mismatches, found.Samples));
        }
    }

    [Fact]
    public void A_regression_is_judged_in_the_unit_of_its_target()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("f0,y\n");
        for (int i = 0; i < 200; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i % 50},{1000 + (20 * (i % 50)) + 0.5}\n");
        }

        File.WriteAllText(folder.Combine("line.csv"), text.ToString());
        var request = new RunRequest { Data = folder.Combine("line.csv"), Options = new DataOptions { Target = "y" }, Recipe = Blobs.Recipe };
        RunResult result = RecipeRunner.Create(request, folder.Combine("out")).Run();
        Assert.Equal("rms error", result.Score.Name);

        // The target's deviation is 289; a straight line must be learned better than its mean.
        Assert.InRange(-result.Front[^1].Validation, 0, 150);
        Assert.NotNull(ModelReader.ReadFile(folder.Combine("out", "model.hgq.json")).Metadata.Find("targetScaling"));
    }

    [Fact]
    public void A_folder_with_other_content_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder);
        Directory.CreateDirectory(folder.Combine("mine"));
        File.WriteAllText(folder.Combine("mine", "model.hgq.json"), "precious");
        Assert.Throws<IOException>(() => RecipeRunner.Create(request, folder.Combine("mine")));
        Assert.Equal("precious", File.ReadAllText(folder.Combine("mine", "model.hgq.json")));
        RecipeRunner.Create(request, folder.Combine("mine"), force: true);
        RecipeRunner.Create(request, folder.Combine("mine"));
        Assert.Throws<CheckpointException>(() => RecipeRunner.Resume(folder.Combine("none")));
    }

    [Fact]
    public void Data_that_changed_since_the_checkpoint_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        RecipeRunner stopped = RecipeRunner.Create(Request(folder), folder.Combine("out"));
        Assert.Throws<OperationCanceledException>(() => stopped.Run(new StopAtOnce(stop), stop.Token));
        WriteData(folder, seed: 6);
        Assert.Contains(
            "another run", Assert.Throws<CheckpointException>(() => RecipeRunner.Resume(folder.Combine("out")).Run()).Message);
    }

    private static RunRequest Request(TemporaryFolder folder)
    {
        WriteData(folder, seed: 5);
        return new RunRequest
        {
            Data = folder.Combine("points.csv"),
            Options = new DataOptions { Target = "class" },
            Recipe = Blobs.Recipe,
            Seed = 3,
        };
    }

    private static void WriteData(TemporaryFolder folder, ulong seed)
    {
        SampleSet samples = Blobs.Samples(400, seed);
        var text = new StringBuilder("f0,f1,f2,f3,class\n");
        for (int s = 0; s < samples.Count; s++)
        {
            IEnumerable<string> cells = samples.Features.Skip(s * 4).Take(4).Select(static x => x.ToString(CultureInfo.InvariantCulture));
            text.Append(string.Join(',', cells)).Append(',').Append("abc"[(int)samples.Labels[s]]).Append('\n');
        }

        File.WriteAllText(folder.Combine("points.csv"), text.ToString());
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    private sealed class StopAtOnce(CancellationTokenSource stop) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining) => stop.Cancel();

        public void OnMessage(string message)
        {
        }
    }
}
