using BenchmarkDotNet.Attributes;

namespace HGQ.Benchmarks;

/// <summary>
/// Training step with quantizers (per-element widths, range record, EBOPs in the loss, Adam) against the plain float network, same run:
/// <c>dotnet run -c Release --project benchmarks/HGQ.Benchmarks -- --filter *Training*</c>.
/// </summary>
[MemoryDiagnoser]
[MinIterationTime(200)]
[WarmupCount(5)]
[IterationCount(10)]
public class TrainingBenchmarks
{
    private TrainingCase _case = null!;

    [Params("jets 1024", "jets 8192", "mnist 1024")]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _case = Create(Network);

    [GlobalCleanup]
    public void Cleanup() => _case.Dispose();

    [Benchmark(Baseline = true)]
    public void Plain() => _case.Plain();

    [Benchmark]
    public void Operators() => _case.Operators();

    [Benchmark]
    public void Fused() => _case.Fused();

    internal static TrainingCase Create(string network) => network switch
    {
        "jets 1024" => new TrainingCase(1024, 16, 64, 32, 32, 5),
        "jets 8192" => new TrainingCase(8192, 16, 64, 32, 32, 5),
        _ => new TrainingCase(1024, 784, 64, 32, 10),
    };
}
