using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Trimming;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Trainings that go on from the integers of a model.</summary>
public sealed class StartModelTests
{
    // Nothing moves: what is exported is what was begun with.
    private static readonly Recipe Still = Blobs.Recipe with
    {
        Training = Blobs.Recipe.Training with
        {
            Epochs = 1,
            LearningRate = new ConstantSchedule(1e-12),
            Beta = new ConstantSchedule(0),
        },
    };

    [Fact]
    public void Weights_and_preprocessing_are_those_of_the_model()
    {
        using var folder = new TemporaryFolder();
        StartModel start = Trained(folder);
        RunRequest request = Request(folder) with { Start = start, Recipe = Still };
        RunResult result = RecipeRunner.Create(request, folder.Combine("on")).Run();
        ModelGraph graph = result.All.Single(static point => point.Origin is null).Graph;
        Assert.Equal(Weights(start.Graph), Weights(graph));
        Assert.Equal(start.Graph.Metadata.Preprocessing, graph.Metadata.Preprocessing);
        Assert.Equal(start.Graph.Name, graph.Name);
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_files()
    {
        using var folder = new TemporaryFolder();
        RunRequest request = Request(folder) with { Start = Trained(folder) };
        RunResult result = RecipeRunner.Create(request, folder.Combine("a")).Run();
        Assert.True(result.Chosen.Validation > 0.8, $"validation {result.Chosen.Validation}");
        using var stop = new CancellationTokenSource();
        RecipeRunner stopped = RecipeRunner.Create(request, folder.Combine("b"));
        Assert.Throws<OperationCanceledException>(() => stopped.Run(new StopAtOnce(stop), stop.Token));
        Assert.Contains(result.All, static point => point.Origin == "start");
        RecipeRunner resumed = RecipeRunner.Resume(folder.Combine("b"));
        resumed.Run();
        string[] models = [folder.Combine("a", "model.hgq.json"), folder.Combine("b", "model.hgq.json")];
        Assert.Equal(File.ReadAllBytes(models[0]), File.ReadAllBytes(models[1]));
        Assert.Equal(0, resumed.Verify(ModelReader.ReadFile(models[0]))!.Mismatches);
    }

    [Fact]
    public void A_run_of_another_model_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        StartModel start = Trained(folder);
        RunRequest request = Request(folder) with { Recipe = Still };
        RecipeRunner.Create(request with { Start = start }, folder.Combine("a"));
        IOException fault = Assert.Throws<IOException>(() => RecipeRunner.Create(request, folder.Combine("a")));
        Assert.Contains("its network is another (that of start.hgq.json)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_are_not_for_the_model_are_refused()
    {
        using var folder = new TemporaryFolder();
        StartModel start = Trained(folder);
        File.WriteAllText(folder.Combine("two.csv"), "f0,f1,class\n" + Lines(static n => $"{n},{n % 7},{"abc"[n % 3]}"));
        File.WriteAllText(folder.Combine("four.csv"), "f0,f1,f2,f3,class\n" + Lines(static n => $"{n},1,2,{n % 5},{"abcd"[n % 4]}"));
        File.WriteAllText(folder.Combine("other.csv"), "f0,f1,f2,f3,class\n" + Lines(static n => $"{n},1,2,{n % 5},{"xyz"[n % 3]}"));
        foreach ((string file, string part) in new[]
        {
            ("two.csv", "2 features"), ("four.csv", "a target of 4 outputs"), ("other.csv", "classes x, y, z"),
        })
        {
            RunRequest request = Request(folder) with { Start = start, Data = folder.Combine(file) };
            DataFormatException fault = Assert.Throws<DataFormatException>(() => RecipeRunner.Create(request, folder.Combine("a")));
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder.Combine("a")));
        }

        static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, 60).Select(n => line(n) + "\n"));
    }

    [Fact]
    public void A_model_that_is_no_chain_of_dense_layers_is_refused_by_layer()
    {
        using var folder = new TemporaryFolder();
        StartModel start = Trained(folder);
        LayerNode[] layers = [.. start.Graph.Layers, new ReluLayer("r", start.Graph.Layers[^1].Name, 0, 0, null)];
        ModelGraph graph = start.Graph with { Layers = layers, Outputs = new[] { new ModelOutput("y", "r") } };
        TrimException fault = Assert.Throws<TrimException>(()
            => RecipeRunner.Create(Request(folder) with { Start = start with { Graph = graph } }, folder.Combine("a")));
        Assert.Contains("r", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Combine("a")));
    }

    private static StartModel Trained(TemporaryFolder folder)
        => new(folder.Combine("start.hgq.json"), RecipeRunner.Create(Request(folder), folder.Combine("start")).Run().Chosen.Graph);

    private static string[] Weights(ModelGraph graph) => [.. graph.Layers.OfType<DenseLayer>().Select(static layer => string.Join(" ",
        layer.Kernel.Raw.Select((raw, e) => raw * Math.ScaleB(1, -layer.Kernel.Format[e].FractionBits))))];

    private static RunRequest Request(TemporaryFolder folder)
    {
        SampleSet samples = Blobs.Samples(400, 5);
        var text = new StringBuilder("f0,f1,f2,f3,class\n");
        for (int s = 0; s < samples.Count; s++)
        {
            IEnumerable<string> cells = samples.Features.Skip(s * 4).Take(4).Select(static x => x.ToString(CultureInfo.InvariantCulture));
            text.Append(string.Join(',', cells)).Append(',').Append("abc"[(int)samples.Labels[s]]).Append('\n');
        }

        File.WriteAllText(folder.Combine("points.csv"), text.ToString());
        return new RunRequest
        {
            Data = folder.Combine("points.csv"),
            Options = new DataOptions { Target = "class" },
            Recipe = Blobs.Recipe,
            Seed = 3,
        };
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : ITrainingProgress
    {
        public void OnEpoch(EpochReport report, int epochs, TimeSpan remaining) => stop.Cancel();

        public void OnMessage(string message)
        {
        }
    }
}
