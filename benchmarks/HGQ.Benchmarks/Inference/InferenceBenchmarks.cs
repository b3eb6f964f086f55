using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using HGQ.Benchmarks.Inference.Engines;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// Models × engines × batches × threads, each engine's whole batch. <c>dotnet run -c Release -- --filter '*Inference*jets*'</c>;
/// a filter sees names such as <c>InferenceBenchmarks.Predict(Batch: 1024, Threads: 1, Model: "jets", Engine: "csharp")</c>.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InferenceConfig))]
public class InferenceBenchmarks
{
    private IInferenceEngine _engine = null!;

    public static IEnumerable<string> Models => InferenceModel.All.Select(model => model.Name);

    public static IEnumerable<string> Engines => InferenceEngines.Names;

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    [Params(1, 64, 256, 1024, 65536)]
    public int Batch { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [ParamsSource(nameof(Engines))]
    public string Engine { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _engine = InferenceEngines.Create(Engine, new InferenceCase(InferenceModel.Find(Model), Batch, Threads));
        _engine.Run();
        _engine.Check();
    }

    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    [Benchmark]
    public void Predict() => _engine.Run();
}
