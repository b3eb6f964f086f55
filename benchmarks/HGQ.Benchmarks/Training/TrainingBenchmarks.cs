using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using TorchSharp;

namespace HGQ.Benchmarks.Training;

/// <summary>
/// Training step with quantizers (per-element widths, range record, EBOPs in the loss, Adam) against the plain float network, same run,
/// one thread of torch: <c>dotnet run -c Release --project benchmarks/HGQ.Benchmarks -- --filter *Training*</c>.
/// </summary>
[MemoryDiagnoser]
[MinIterationTime(200)]
[WarmupCount(5)]
[IterationCount(10)]
public class TrainingBenchmarks : IDisposable
{
    private TrainingCase _case = null!;
    private Action _plain = null!;
    private Action _fused = null!;
    private Action _fixedPoint = null!;
    private Action _operators = null!;

    public static IEnumerable<string> Networks => TrainingNetwork.Names;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        _case = new TrainingCase(Network);
        _plain = _case.Step("plain");
        _fused = _case.Step("fused");
        _fixedPoint = _case.Step("fixed-point");
        _operators = _case.Step("operators");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _case.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Plain() => _plain();

    [Benchmark]
    public void Fused() => _fused();

    [Benchmark]
    public void FixedPoint() => _fixedPoint();

    [Benchmark]
    public void Operators() => _operators();
}
