using System;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

namespace HGQ.Runtime.Tests.Training;

/// <summary>Wrong use is refused with the value and what to do, before native code sees it.</summary>
public sealed partial class WrongUseTests
{
    private static readonly SampleSet Good = Blobs.Samples(20, 1);

    public static TheoryData<string, string, SampleSet> WrongSamples() => new()
    {
        { "empty", "training set is empty", new SampleSet([], [Blobs.Features], [], []) },
        { "label too large", "training sample 3 (from 0) has the label 3; the network has 3 outputs", With(labels: l => l[3] = 3) },
        { "label negative", "training sample 0 (from 0) has the label -1", With(labels: l => l[0] = -1) },
        { "label left out", "has the label -100", With(labels: l => l[1] = -100) },
        { "NaN", "training sample 1 (from 0) has NaN as feature 2", With(features: f => f[6] = float.NaN) },
        { "infinity", "training sample 2 (from 0) has -Infinity as feature 0", With(features: f => f[8] = float.NegativeInfinity) },
        { "features", "(5), 5 features; the network takes 4", new SampleSet(new float[10], [5], [0, 1], []) },
        { "real targets", "cross entropy learns labels", new SampleSet(new float[8], [4], [], [1, 2]) },
    };

    [Theory]
    [MemberData(nameof(WrongSamples))]
    public void Training_samples_that_do_not_fit_are_refused(string kind, string says, SampleSet samples)
    {
        var e = Assert.Throws<SampleException>(() => Prepare(samples, Good));
        Assert.True(e.Message.Contains(says, StringComparison.Ordinal), $"{kind}: {e.Message}");
    }

    [Theory]
    [MemberData(nameof(WrongSamples))]
    public void Validation_samples_that_do_not_fit_are_refused(string kind, string says, SampleSet samples)
    {
        var e = Assert.Throws<SampleException>(() => Prepare(Good, samples));
        string expected = says.Replace("training", "validation", StringComparison.Ordinal);
        Assert.True(e.Message.Contains(expected, StringComparison.Ordinal), $"{kind}: {e.Message}");
    }

    [Fact]
    public void Targets_and_outputs_of_a_regression_must_be_alike()
    {
        TrainerOptions options = Blobs.Options() with { Loss = new MeanSquareLoss(), Score = new RootMeanSquareScore(1) };
        Says<SampleException>(
            "cover one with each",
            "has 2 real targets; the network has 3 outputs",
            () => Prepare(Real(2), Real(2), options));
        Says<SampleException>("labels", "has 0 real targets", () => Prepare(Good, Good, options));
        Says<SampleException>("NaN", "training sample 1 (from 0) has NaN as target 2", () => Prepare(Real(3, float.NaN), Real(3), options));
        Says<SampleException>(
            "score",
            "no real targets",
            () => Prepare(Good, Good, Blobs.Options() with { Score = new RootMeanSquareScore(1) }));
        Says<SampleException>("score", "no labels", () => Prepare(Real(3), Real(3), options with { Score = new AccuracyScore() }));
        Prepare(Real(3), Real(3), options).Dispose();
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        TrainerOptions options = Blobs.Options();
        foreach (TrainerOptions wrong in new[]
        {
            options with { BatchSize = 0 }, options with { Epochs = -1 }, options with { Fronts = 0 }, options with { Threads = 0 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Prepare(Good, Good, wrong));
        }

        Says<ArgumentOutOfRangeException>(
            "rate",
            "learning rate of epoch 0",
            () => Run(options with { LearningRate = new ConstantSchedule(double.NaN) }));
        Says<ArgumentOutOfRangeException>("beta", "β of epoch 0", () => Run(options with { Beta = new ConstantSchedule(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HgqAdam([Parameter()], learningRate: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HgqAdam([Parameter()], beta1: 1));
        Says<ArgumentException>("nothing to train", "nothing can be trained", () => new HgqAdam([]));
    }

    [Fact]
    public void A_network_without_quantized_inputs_or_of_another_type_is_refused()
    {
        using var bare = new HgqSequential([Blobs.Features], new HDense(Blobs.Classes, name: "first"));
        Says<ArgumentException>(
            "bare",
            "The layer first reads the real numbers of the input x: put an HQuantize",
            () => new HgqNetwork(bare));
        using var moved = new HgqSequential([2, 2], new PFlatten(), new HDense(Blobs.Classes, name: "first"));
        Says<ArgumentException>("moved", "The layer first reads the real numbers", () => new HgqNetwork(moved));
        using HgqSequential wide = Blobs.Network();
        wide.@double();
        Says<ArgumentException>("float64", "call model.@float()", () => Prepare(Good, Good, network: wide));
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e30)]
    public void A_loss_that_grows_without_bound_ends_the_run(double rate) => Says<TrainingDivergedException>(
        "rate", "Training diverged in epoch", () => Run(Blobs.Options() with { LearningRate = new ConstantSchedule(rate), Epochs = 30 }));

    [Fact]
    public void Losses_refuse_labels_and_targets_that_do_not_fit()
    {
        using torch.Tensor outputs = torch.zeros(2, 3);
        var entropy = new CrossEntropyLoss();
        Says<SampleException>("label", "sample 1 (from 0) has the label 3", () => entropy.Of(outputs, torch.tensor(new long[] { 0, 3 })));
        Says<ArgumentException>(
            "count",
            "takes 2 labels of type int64, not 3",
            () => entropy.Of(outputs, torch.tensor(new long[] { 0, 1, 2 })));
        Says<ArgumentException>("type", "of type Float32", () => entropy.Of(outputs, torch.zeros(2)));
        Says<ArgumentException>("shape", "both must be alike", () => new MeanSquareLoss().Of(outputs, torch.zeros(2)));
    }

    [Fact]
    public void Calibration_and_verification_refuse_data_that_do_not_fit()
    {
        using HgqSequential model = Blobs.Network();
        Says<ArgumentException>("empty", "a batch holds at least one sample", () => MinmaxTracer.TraceMinmax(model, torch.zeros(0, 4)));
        Says<ArgumentException>("shape", "takes [batch, 4], not [2, 3]", () => MinmaxTracer.TraceMinmax(model, torch.zeros(2, 3)));
        Says<ArgumentException>("ports", "has 1 inputs; data for 0", () => MinmaxTracer.TraceMinmax(model, []));
        MinmaxTracer.TraceMinmax(model, torch.ones(2, 4));
        Model.Graph.ModelGraph graph = ModelExporter.Export(model, new ExportOptions());
        Says<ArgumentException>("size", "5 numbers make no samples of 4 features", () => FloatVerifier.Verify(model, graph, new float[5]));
        Says<ArgumentException>("empty", "0 numbers", () => FloatVerifier.Verify(model, graph, []));
        Says<ArgumentException>(
            "NaN",
            "Sample 1 has NaN as feature 1",
            () => FloatVerifier.Verify(model, graph, [0, 0, 0, 0, 0, float.NaN, 0, 0]));
        using var other = new HgqSequential([3], new HQuantize(), new HDense(2));
        Says<ArgumentException>("other", "do not belong together", () => FloatVerifier.Verify(other, graph, new float[12]));
        Says<ExportException>("names", "2 names", () => ModelExporter.Export(model, new ExportOptions { OutputNames = ["a", "b"] }));
    }

    [Fact]
    public void Arrays_that_make_no_data_are_refused()
    {
        Says<ArgumentException>("shape", "3", () => new NumericArray(new float[3], [2, 2]));
        Says<ArgumentException>("sizes", "-1", () => new NumericArray(Array.Empty<float>(), [-1, 0]));
        var features = new NumericArray(new double[] { 1, 2, 3, double.NaN }, [2, 2]);
        Says<ArgumentException>(
            "NaN",
            "row 1 (from 0) has NaN as feature 1",
            () => new Dataset("array", features, [], new ClassLabels([0, 1], ["a", "b"])));
        var good = new NumericArray(new double[4], [2, 2]);
        Says<ArgumentException>(
            "class",
            "row 1 (from 0) is of class 2; there are 2",
            () => new Dataset("array", good, [], new ClassLabels([0, 2], ["a", "b"])));
        Says<ArgumentException>(
            "target",
            "row 0 (from 0) has the target NaN",
            () => new Dataset("array", good, [], new RealTargets([double.NaN, 1], "y")));
        Says<ArgumentException>("rows", "1 targets", () => new Dataset("array", good, [], new RealTargets([1], "y")));
        Says<ArgumentException>("names", "1 names of 2 features", () => new Dataset("array", good, ["a"], new RealTargets([1, 2], "y")));
        Says<ArgumentException>("scale", "scale 0", () => new FeatureScaling([0.0], [0.0]));
        Says<ArgumentException>("mean", "mean NaN", () => new FeatureScaling([double.NaN], [1.0]));
        Says<ArgumentException>("scale", "scale 0", () => new TargetScaling(0, 0));
    }

    private static SampleSet With(Action<long[]>? labels = null, Action<float[]>? features = null)
    {
        SampleSet samples = Blobs.Samples(20, 1);
        labels?.Invoke(samples.Labels);
        features?.Invoke(samples.Features);
        return samples;
    }

    private static SampleSet Real(int targets, float second = 1)
    {
        var values = new float[4 * targets];
        values[(2 * targets) - 1] = second;
        return new SampleSet(new float[4 * Blobs.Features], [Blobs.Features], [], values);
    }

    private static TorchSharp.Modules.Parameter Parameter() => new(torch.zeros(2));

    private static Trainer Prepare(SampleSet training, SampleSet validation, TrainerOptions? options = null, HgqModel? network = null)
    {
        network ??= Blobs.Network();
        var adam = new AdamOptimizer(network.parameters());
        return new Trainer(new HgqNetwork(network), adam, training, validation, options ?? Blobs.Options());
    }

    private static void Run(TrainerOptions options)
    {
        using Trainer trainer = Prepare(Good, Good, options);
        trainer.Run();
    }

    private static void RefusesBatches(Func<torch.Tensor, torch.Tensor> forward, string who, long features)
    {
        Says<ArgumentException>("rank", $"{who} takes [batch, {features}], not [{features}]", () => forward(torch.zeros(features)));
        Says<ArgumentException>("size", $"takes [batch, {features}], not [2, 3]", () => forward(torch.zeros(2, 3)));
        Says<ArgumentException>("empty", "at least one sample", () => forward(torch.zeros(0, features)));
        Says<ArgumentException>(
            "type",
            "takes float32, the type of the parameters, not float64",
            () => forward(torch.zeros(2, features, dtype: torch.float64)));
        Says<ArgumentException>("type", "not int64", () => forward(torch.zeros(2, features, dtype: torch.int64)));
        Assert.Throws<ArgumentNullException>(() => forward(null!));
        torch.Tensor gone = torch.zeros(2, features);
        gone.Dispose();
        Says<ObjectDisposedException>("disposed", "is disposed", () => forward(gone));
    }

    private static void Says<TException>(string kind, string says, Action wrong)
        where TException : Exception
    {
        var e = Assert.ThrowsAny<TException>(wrong);
        Assert.True(e.Message.Contains(says, StringComparison.Ordinal), $"{kind}: {e.Message}");
    }
}
