using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CsCheck;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Randomness;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>
/// Random models of trainable layers, half of them dense only: the network in float64 gives, layer by layer, the interpreter's numbers, and their
/// export gives equal integers in every engine, also where values overflow.
/// </summary>
public sealed class TrainedModelTests
{
    private const int Samples = 40;

    public static TheoryData<string> Managed() => [.. MatrixEngines.Managed];

    public static TheoryData<string> Compiled() => [.. MatrixEngines.Compiled];

    [Fact]
    public void Float64_equals_the_interpreter() => Gen.ULong.Holds(AssertTracedSamplesFit, iter: 60);

    // A value of 8,437,500 where an integer part had at most 23 bits: tracing cut the range off there, and did not wrap the value as
    // inference does.
    [Theory]
    [InlineData(343396)]
    public void Models_that_failed_once(ulong seed) => AssertTracedSamplesFit(seed);

    // Widened ranges of values on the grid of the run before, so that grid and range changed in turns; ranges that got a sign behind a relu
    // by being widened; a range of negative values only, in front of a relu, widened from 0 to below it; a sign bit that is always kept,
    // and that the export leaves out behind a relu.
    [Theory]
    [InlineData(30)]
    [InlineData(49)]
    [InlineData(419)]
    [InlineData(34289221602283918)]
    public void Tracings_that_failed_once(ulong seed) => AssertTracedSamplesFitEveryQuantizer(seed);

    [Fact]
    public void Traced_samples_fit_whatever_the_quantizers_are_and_however_they_are_traced() =>
        Gen.ULong.Holds(AssertTracedSamplesFitEveryQuantizer, iter: 40);

    [Fact]
    public void Exports_cost_what_training_counts() => Gen.ULong.Holds(
        seed =>
        {
            using var trained = Draw(seed);
            double ebops = trained.ExactEbops();
            var inspected = ModelInspection.Of(Export(trained, OverflowMode.Wrap));
            Assert.Equal(
                trained.Layers.Where(layer => layer.Ebops != 0).ToDictionary(layer => layer.Name, layer => layer.Ebops),
                inspected.Layers.Where(layer => layer.Ebops != 0).ToDictionary(layer => layer.Name, layer => layer.Ebops));
            Assert.Equal(ebops, inspected.Ebops);
        },
        iter: 60);

    [Theory]
    [MemberData(nameof(Managed))]
    public void Exports_are_equal_in(string engine) => AssertExports(engine);

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Exports_are_equal_compiled_in(string engine) => AssertExports(engine);

    private static void AssertTracedSamplesFit(ulong seed)
    {
        using var trained = Draw(seed);
        AssertEqual(trained, seed);
    }

    private static void AssertTracedSamplesFitEveryQuantizer(ulong seed)
    {
        var random = new DeterministicRandom(seed, 3);
        using HgqModel trained = new TrainedArchitectures(random, everyQuantizer: true).Draw();
        trained.InitializeWeights(random.NextDouble);
        DrawWidths(trained, random);
        trained.@double();
        double cover = random.NextDouble() < 0.5 ? 1 : 1 + random.NextDouble();
        Trace(trained, seed, batchSize: 1 + (int)(random.NextDouble() * Samples), cover);
        try
        {
            AssertEqual(trained, seed);
        }
        catch (ExportException refusal) when (refusal.Message.Contains("MaximumTableEntries", StringComparison.Ordinal))
        {
            // A function of an input with more bits than a table may have is refused by name.
        }
    }

    private static void AssertEqual(HgqModel trained, ulong seed)
    {
        var found = FloatVerifier.Verify(trained, Export(trained, OverflowMode.Wrap), Features(trained, seed));
        Assert.Null(found.FirstMismatch);
        Assert.Null(found.FirstOverflow);
        Assert.Equal((0L, 0, Samples), (found.Mismatches, found.OverflowSamples, found.Samples));
    }

    private static void AssertExports(string engine) => Gen.ULong.Array[10].Holds(
        seeds =>
        {
            var models = seeds.Select(seed => Exported(seed, seed % 2 == 0 ? OverflowMode.Wrap : OverflowMode.Saturate)).ToArray();
            Assert.Empty(MatrixEngines.Find(engine).Run(models).SelectMany(verdict => verdict.Faults));
        },
        iter: 1,
        size: 10);

    // The traced samples, and the same three times as far out.
    private static MatrixModel Exported(ulong seed, OverflowMode overflow)
    {
        using var trained = Draw(seed);
        var graph = Export(trained, overflow);
        var rows = Features(trained, seed).Chunk(Inputs(trained)).Select(row => Array.ConvertAll(row, x => (double)x)).ToArray();
        IEnumerable<double[]> samples = [.. rows.Take(10), .. rows.Take(10).Select(row => Array.ConvertAll(row, x => 3 * x))];
        return new MatrixModel(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"), graph, samples);
    }

    private static ModelGraph Export(HgqModel trained, OverflowMode overflow) =>
        ModelExporter.Export(trained, new ExportOptions { Overflow = overflow, InputOverflow = overflow });

    private static int Inputs(HgqModel trained) => (int)trained.InputPorts[0].OutputShape.Aggregate(1L, (product, size) => product * size);

    private static float[] Features(HgqModel trained, ulong seed)
    {
        var random = new DeterministicRandom(seed, 2);
        return [.. Enumerable.Range(0, Samples * Inputs(trained)).Select(_ => (float)((random.NextDouble() * 4) - 2))];
    }

    // Widths far apart and some of them 0 or less, traced with the samples.
    private static HgqModel Draw(ulong seed)
    {
        var random = new DeterministicRandom(seed, 1);
        HgqModel trained = random.NextDouble() < 0.5 ? Dense(random) : new TrainedArchitectures(random).Draw();
        trained.InitializeWeights(random.NextDouble);
        foreach (var quantizer in trained.Quantizers.OfType<HgqQuantizer>())
        {
            DrawWidths(quantizer.Fbw, quantizer.BwClip.Max, random);
        }

        trained.@double();
        Trace(trained, seed, MinmaxTracer.DefaultBatch, coverFactor: 1);
        return trained;
    }

    private static void DrawWidths(HgqModel trained, DeterministicRandom random)
    {
        foreach (var quantizer in trained.Quantizers)
        {
            (TorchSharp.Modules.Parameter widths, double most) = quantizer switch
            {
                HgqQuantizer first => (first.Fbw, first.BwClip.Max),
                FixedPointQuantizer { Config.Parametrisation: Parametrisation.Kbi } second => (second.Bits, 6),
                FixedPointQuantizer second => (second.FractionBits, second.Config.FractionLimits.Max),
                _ => throw new NotSupportedException(quantizer.Name),
            };
            DrawWidths(widths, most, random);
        }
    }

    private static void DrawWidths(torch.Tensor parameter, double most, DeterministicRandom random)
    {
        using var noGradient = torch.no_grad();
        double[] widths = [.. Enumerable.Range(0, (int)parameter.numel()).Select(_ => Math.Min((random.NextDouble() * 8) - 1.5, most))];
        using var values = torch.tensor(widths, parameter.shape);
        parameter.copy_(values);
    }

    private static void Trace(HgqModel trained, ulong seed, int batchSize, double coverFactor)
    {
        using var samples = torch.tensor(Features(trained, seed), [Samples, .. trained.InputPorts[0].OutputShape]);
        MinmaxTracer.TraceMinmax(trained, samples, batchSize, coverFactor);
    }

    // One to three layers.
    private static HgqSequential Dense(DeterministicRandom random)
    {
        int Below(int limit) => (int)(random.NextDouble() * limit);
        long[] shape = Below(4) == 0 ? [1 + Below(3), 1 + Below(5)] : [1 + Below(12)];
        var layers = new List<HLayer> { new HQuantize(TrainedArchitectures.Activations(Below(3)), "quantize") };
        for (var n = 1 + Below(3); n > 0; n--)
        {
            layers.Add(new HDense(
                1 + Below(8),
                Below(2) == 0 ? Activation.Relu : Activation.Linear,
                useBias: Below(4) > 0,
                paq: TrainedArchitectures.Activations(Below(3)),
                name: string.Create(CultureInfo.InvariantCulture, $"dense{layers.Count}")));
        }

        return new HgqSequential(shape, [.. layers]);
    }
}
