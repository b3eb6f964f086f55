using System;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Trimming;

namespace HGQ.Runtime.Tests.Trimming;

public sealed class ModelTrimmerTests
{
    private const int Rows = 1500;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 24).Select(static s => (ulong)s)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Values_kept_through_a_sweep_are_those_of_the_interpreter(ulong seed)
    {
        (ModelGraph graph, SampleSet samples) = seed % 2 == 0 ? RandomChain.Classifier(seed, Rows) : RandomChain.Regression(seed, Rows);
        var trimmer = new ModelTrimmer(graph, samples);
        AssertEqualToInterpreter(trimmer, samples);

        for (ulong sweep = 0; sweep < 3; sweep++)
        {
            trimmer.Sweep(new TrimSweep(1e-3, sweep, Grow: seed % 3 == 0));
            AssertEqualToInterpreter(trimmer, samples);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_cost_is_the_ebops_of_the_model_file(ulong seed)
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(seed, Rows);
        var trimmer = new ModelTrimmer(graph, samples);
        trimmer.Sweep(new TrimSweep(1e-3, seed));

        ModelGraph read = ModelReader.Read(ModelWriter.Write(trimmer.Graph));

        Assert.Equal(Lowerer.Lower(read).Ebops, trimmer.Cost);
    }

    [Fact]
    public void A_sweep_lowers_loss_plus_price_times_cost()
    {
        for (ulong seed = 0; seed < 8; seed++)
        {
            (ModelGraph graph, SampleSet samples) = RandomChain.Regression(seed, Rows);
            var trimmer = new ModelTrimmer(graph, samples);
            double before = trimmer.Loss + (1e-3 * trimmer.Cost);

            TrimSweepReport report = trimmer.Sweep(new TrimSweep(1e-3, seed));

            Assert.True(report.Accepted > 0 && report.Tried > report.Accepted);
            Assert.True(report.Loss + (1e-3 * report.Cost) < before, $"seed {seed}: {report.Loss} + {report.Cost} for {before}");
        }
    }

    [Fact]
    public void Without_a_price_only_what_lowers_the_loss_or_the_cost_at_no_loss_is_done()
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(3, Rows);
        var trimmer = new ModelTrimmer(graph, samples);
        double before = trimmer.Loss;

        trimmer.Sweep(new TrimSweep(0, 1));

        Assert.True(trimmer.Loss <= before);
    }

    [Theory]
    [InlineData(2UL)]
    [InlineData(5UL)]
    [InlineData(8UL)]
    public void Going_on_from_the_file_of_a_sweep_gives_the_same_bytes(ulong seed)
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(seed, Rows);
        (_, SampleSet validation) = RandomChain.Classifier(seed, Rows - 700);
        var whole = new ModelTrimmer(graph, samples, validation);
        whole.Sweep(new TrimSweep(1e-3, 1));
        string file = ModelWriter.Write(whole.Graph);
        whole.Sweep(new TrimSweep(2e-3, 2));

        var resumed = new ModelTrimmer(ModelReader.Read(file), samples, validation);
        resumed.Sweep(new TrimSweep(2e-3, 2));

        Assert.Equal(ModelWriter.Write(whole.Graph), ModelWriter.Write(resumed.Graph));
    }

    [Fact]
    public void An_interrupted_sweep_leaves_a_valid_model()
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(11, Rows);
        var trimmer = new ModelTrimmer(graph, samples);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => trimmer.Sweep(new TrimSweep(1e-3, 1), source.Token));

        AssertEqualToInterpreter(trimmer, samples);
    }

    [Fact]
    public void Luts_count_signed_digits_and_the_bits_of_hidden_activations()
    {
        Assert.Equal(0.45 * 2, TrimCost.Luts.OfWeight(7.0 / 8), 12);
        Assert.Equal(0.45 * 1, TrimCost.Luts.OfWeight(-4), 12);
        Assert.Equal(0.45 * 3, TrimCost.Luts.OfWeight(21), 12);
        Assert.Equal(3, TrimCost.Ebops.OfWeight(7.0 / 8));
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(4, Rows);
        var trimmer = new ModelTrimmer(graph, samples, cost: TrimCost.Luts);
        double before = trimmer.Cost;

        trimmer.Sweep(new TrimSweep(1e-2, 1));

        Assert.True(trimmer.Cost < before);
    }

    [Fact]
    public void Layers_that_are_not_known_are_refused_by_name()
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(1, 10);
        ModelGraph clamped = graph with
        {
            Layers = (LayerNode[])[.. graph.Layers, new ReluLayer("positive", graph.Layers[graph.Layers.Length - 1].Name, 0, 0, null)],
            Outputs = new[] { new ModelOutput("y", "positive") },
        };

        TrimException refusal = Assert.Throws<TrimException>(() => new ModelTrimmer(clamped, samples));

        Assert.Equal("positive", refusal.Layer);
        Assert.Contains("'positive' can't be trimmed: it is a relu layer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        (ModelGraph graph, SampleSet samples) = RandomChain.Classifier(1, 10);

        string wide = Assert.Throws<ArgumentException>(() => new ModelTrimmer(graph, new SampleSet(new float[99], [99], [0], []))).Message;
        string label = Assert.Throws<ArgumentException>(
            () => new ModelTrimmer(graph, new SampleSet(samples.Features, samples.SampleShape, [.. samples.Labels.Select(static _ => 7L)], []))).Message;

        Assert.Contains("1 rows of 99 features", wide, StringComparison.Ordinal);
        Assert.Contains("Row 0 has the label 7; the model has 3 outputs", label, StringComparison.Ordinal);
    }

    // By the definition of "correct", not by the fast simulator.
    private static void AssertEqualToInterpreter(ModelTrimmer trimmer, SampleSet samples)
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(trimmer.Graph));
        var inputs = new double[samples.SampleSize];
        for (int row = 0; row < samples.Count; row += 7)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = samples.Features[(row * inputs.Length) + i];
            }

            double[] outputs = interpreter.Decode(interpreter.Predict(inputs));
            Assert.Equal(outputs, Enumerable.Range(0, outputs.Length).Select(o => trimmer.State.Output(row, o)));
        }
    }
}
