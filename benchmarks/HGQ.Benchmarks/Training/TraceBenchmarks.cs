using System;
using BenchmarkDotNet.Attributes;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Benchmarks.Training;

/// <summary>
/// Calibration: the ranges of 16,000 rows in the network of the recipe letter, 16-64-32-26, in float64 as the export wants it; exact EBOPs included, one thread of torch:
/// <c>dotnet run -c Release --project benchmarks/HGQ.Benchmarks -- --filter *Trace*</c>.
/// </summary>
[MinIterationTime(200)]
[WarmupCount(5)]
[IterationCount(20)]
public class TraceBenchmarks : IDisposable
{
    private const int Rows = 16_000;
    private HgqSequential _model = null!;
    private torch.Tensor _data = null!;

    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        torch.random.manual_seed(1);
        _model = new HgqSequential(
            [16], new HQuantize(), new HDense(64, Activation.Relu), new HDense(32, Activation.Relu), new HDense(26));
        _model.@double();
        _data = torch.randn(Rows, 16, dtype: torch.float64);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _model.Dispose();
        _data.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public double TraceMinmax() => MinmaxTracer.TraceMinmax(_model, _data).Ebops;
}
