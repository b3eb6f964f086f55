using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using HGQ.HlsEmit;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.Benchmarks.Inference;

/// <summary>What <c>hgq emit hls</c> does without the start of its process: lowering and emission. <c>--filter *Emission*</c></summary>
[MemoryDiagnoser]
public class EmissionBenchmarks
{
    private static readonly Dictionary<string, int[]> Sizes = new()
    {
        ["64-32"] = [64, 32],
        ["jets"] = [16, 64, 32, 32, 5],
        ["letter 16-64-32-26"] = [16, 64, 32, 26],
        ["128-256-64"] = [128, 256, 64],
    };

    private ModelGraph _graph = null!;

    public static IEnumerable<string> Networks => Sizes.Keys;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _graph = Create(Network);

    /// <summary>The network of a name.</summary>
    internal static ModelGraph Create(string network) => JetsModel.Dense("network", Sizes[network], seed: 1);

    [Benchmark]
    public HlsProject Emit() => HlsEmitter.Emit(Lowerer.Lower(_graph), new HlsOptions());
}
