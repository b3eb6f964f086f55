using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using HGQ.Cli.Engines;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// Verification of 10,000 images of the MNIST CNN, as <c>hgq verify</c> does it: through generated C# (all of its entry points, compared with recorded
/// integers), by the interpreter alone, and both. With <c>HGQ_SHARED</c> the images are those of MNIST, else random ones. <c>--filter *Verification*</c>
/// </summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5)]
public class VerificationBenchmarks : IDisposable
{
    private const int Images = 10_000;
    private const int BlockSize = 1337;

    private IntegerProgram _program = null!;
    private VerificationVectors[] _blocks = [];
    private CSharpEngine _generated = null!;
    private InterpreterEngine _interpreter = null!;
    private long[][] _recorded = [];

    [GlobalSetup]
    public void Setup()
    {
        _program = Lowerer.Lower(LargeModels.MnistCnn());
        double[] pixels = Pixels(Images * _program.InputSize);
        _blocks = [.. Enumerable.Range(0, Images).Chunk(BlockSize).Select(rows => VerificationVectors.FromInputs(
            _program,
            [.. rows.Select(static row => FormattableString.Invariant($"data row {row}"))],
            pixels[(rows[0] * _program.InputSize)..((rows[^1] + 1) * _program.InputSize)]))];
        _generated = new CSharpEngine(_program, resultsOnly: false);
        _generated.Prepare();
        _interpreter = new InterpreterEngine(_program);
        _recorded = [.. _blocks.Select(block => _interpreter.Run(block).Raw)];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _generated.Dispose();
        _interpreter.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public long Interpreter() => _blocks.Sum(block => _interpreter.Run(block).Raw[0]);

    [Benchmark]
    public ComparisonReport CSharp() => Compare(new Prepared(new Recorded(_recorded)), new Prepared(_generated));

    [Benchmark]
    public ComparisonReport InterpreterAndCSharp() => Compare(_interpreter, new Prepared(_generated));

    private ComparisonReport Compare(params IInferenceEngine[] engines)
    {
        ComparisonReport report = EngineComparison.Run(_program, engines, _blocks);
        return report.Mismatches == 0 ? report : throw new InvalidOperationException(report.Summary);
    }

    private static double[] Pixels(int count)
    {
        if (Environment.GetEnvironmentVariable("HGQ_SHARED") is { } shared)
        {
            NumericArray images = DatasetLoader.LoadFeatures(Path.Combine(shared, "data", "mnist", "t10k-images-idx3-ubyte.gz"), new DataOptions());
            return [.. Enumerable.Range(0, count).Select(n => images[n])];
        }

        Console.WriteLine("HGQ_SHARED is not set: random images");
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(256))];
    }

    /// <summary>What the interpreter said, block by block.</summary>
    private sealed class Recorded(long[][] results) : IInferenceEngine
    {
        private int _next;

        public string Name => "recorded";

        public void Prepare() => _next = 0;

        public EngineResults Run(VerificationVectors vectors) => new(results[_next++]);

        public void Dispose() => _next = 0;
    }

    /// <summary>An engine that stays compiled from one comparison to the next.</summary>
    private sealed class Prepared(IInferenceEngine inner) : IInferenceEngine
    {
        public string Name => inner.Name;

        public void Prepare()
        {
        }

        public EngineResults Run(VerificationVectors vectors) => inner.Run(vectors);

        public void Dispose() => inner.Dispose();
    }
}
