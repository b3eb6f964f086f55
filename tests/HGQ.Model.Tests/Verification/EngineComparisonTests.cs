using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Model.Tests.Verification;

public sealed class EngineComparisonTests
{
    private static readonly IntegerProgram Program = Lowerer.Lower(TinyGraph.Create());

    [Fact]
    public void Equal_engines_have_no_mismatch()
    {
        var report = Run(new Other("twin", new InterpreterEngine(Program)));
        Assert.Null(report.FirstDifference);
        Assert.Equal("0 mismatches", report.Summary);
        Assert.All(report.Engines, engine => Assert.Equal((256, 256, 0), (engine.Samples, engine.Elements, engine.Mismatches)));
    }

    [Fact]
    public void A_changed_weight_is_found_and_named()
    {
        // 4·x0 instead of 3·x0: differs in all samples but the 16 with x0 = 0.
        var report = Run(new Other("changed", new InterpreterEngine(Lowerer.Lower(TinyGraph.Create(firstWeight: 4)))));
        Assert.Equal(240, report.Mismatches);
        Assert.Equal("240 mismatches", report.Summary);
        Assert.Equal("sample 0 (data row 0), layer d, element 0: interpreter -8, changed 0", report.FirstDifference?.ToString());
    }

    [Fact]
    public void A_difference_in_one_entry_point_counts()
    {
        var report = Run(new Other("csharp", new InterpreterEngine(Program)) { EntryPoint = raw => raw == 5 ? 5.25 : raw });
        Assert.Equal(report.Mismatches, Enumerable.Range(-8, 16).SelectMany(a => Enumerable.Range(-8, 16).Select(b => (3 * a) - (2 * b))).Count(y => (y & 15) == 5));
        Assert.Contains("csharp.Predict 5.25", report.FirstDifference!.ToString());
    }

    [Fact]
    public void An_entry_point_may_compute_a_choice_of_the_samples()
    {
        // Samples 3 and 200 only, wrong in the second.
        int[] chosen = [3, 200];
        long[] all = new InterpreterEngine(Program).Run(Block()).Raw;
        var report = Run(new Other("csharp", new InterpreterEngine(Program))
        {
            Chosen = new EntryPointResults("PredictRaw", [all[3], all[200] + 1]) { Samples = chosen },
        });
        Assert.Equal((1L, 200), (report.Mismatches, report.FirstDifference!.Sample));
        Assert.EndsWith(FormattableString.Invariant($"interpreter {all[200]}, csharp {all[200]}, csharp.PredictRaw {all[200] + 1}"), report.FirstDifference.ToString());

        // One result too few is no agreement.
        Assert.Throws<InvalidOperationException>(() => Run(new Other("csharp", new InterpreterEngine(Program))
        {
            Chosen = new EntryPointResults("PredictRaw", [all[3]]) { Samples = chosen },
        }));
    }

    [Fact]
    public void An_engine_that_cannot_run_is_skipped_and_said_to_be()
    {
        var report = Run(new Other("hls (g++)", new InterpreterEngine(Program)) { Unavailable = "no g++ on PATH" });
        Assert.Equal("0 mismatches; skipped: hls (g++)", report.Summary);
        Assert.Matches(
            "^engine       samples  elements  mismatches  time\ninterpreter      256       256           0  \\d+\\.\\d\\d s\n"
            + "hls \\(g\\+\\+\\)    skipped: no g\\+\\+ on PATH\n0 mismatches; skipped: hls \\(g\\+\\+\\)\n$",
            ComparisonTable.Print(report));
    }

    [Fact]
    public void Overflows_are_counted_by_layer()
    {
        var counter = new OverflowCounter(TinyGraph.Create());
        foreach (var sample in TinyGraph.AllSamples())
        {
            counter.Add(sample);
        }

        counter.Add([8, 0]);
        long wrapped = TinyGraph.AllSamples().Append([-8, 0]).Count(x => ((3 * x[0]) - (2 * x[1])) is < -8 or > 7);
        Assert.Equal([new LayerOverflows("q", 1, 514, new OverflowPlace(256, 0)), new LayerOverflows("d", wrapped, 257, new OverflowPlace(1, 0))], counter.Counts);
    }

    // A pruned input is 0 whatever comes: 259 of 400 samples of the data it was trained with were told to overflow there.
    [Fact]
    public void Elements_without_bits_do_not_overflow()
    {
        var formats = new[] { new FixedPointFormat(true, 2, 0), FixedPointFormat.Zero };
        var quantizer = new QuantizerSpec(new TensorFormat(TensorShape.Of(2), formats), RoundingMode.RoundHalfUp, OverflowMode.Wrap);
        var layers = new LayerNode[] { new InputLayer("x", TensorShape.Of(2)), new QuantizeLayer("q", "x", quantizer) };
        var counter = new OverflowCounter(new ModelGraph("pruned", layers, new[] { new ModelOutput("y", "q") }, ModelMetadata.Empty));

        counter.Add([3, 100]);
        counter.Add([9, 100]);

        Assert.Equal([new LayerOverflows("q", 1, 4, new OverflowPlace(1, 0))], counter.Counts);
    }

    private static ComparisonReport Run(IInferenceEngine other) => EngineComparison.Run(Program, [new InterpreterEngine(Program), other], [Block()]);

    private static VerificationVectors Block()
    {
        var samples = TinyGraph.AllSamples();
        return VerificationVectors.FromInputs(Program, [.. samples.Select((_, n) => FormattableString.Invariant($"data row {n}"))], [.. samples.SelectMany(s => s)]);
    }

    private sealed class Other(string name, IInferenceEngine inner) : IInferenceEngine
    {
        public Func<long, double>? EntryPoint { get; init; }

        public EntryPointResults? Chosen { get; init; }

        public string? Unavailable { get; init; }

        public string Name => name;

        public void Prepare()
        {
            if (Unavailable is not null)
            {
                throw new EngineUnavailableException(Unavailable);
            }
        }

        public EngineResults Run(VerificationVectors vectors)
        {
            var results = inner.Run(vectors);
            return Chosen is not null ? results with { EntryPoints = [Chosen] } : EntryPoint is null ? results : results with { EntryPoints = [new EntryPointResults("Predict", (double[])[.. results.Raw.Select(EntryPoint)])] };
        }

        public void Dispose() => inner.Dispose();
    }
}
