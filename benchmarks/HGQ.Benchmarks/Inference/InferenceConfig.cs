using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using HGQ.Benchmarks.Inference.Engines;
using Perfolizer.Horology;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// Short runs in this process: there are more than a hundred combinations, and what is measured are whole batches of compiled code
/// that does not depend on what ran before.
/// </summary>
public sealed class InferenceConfig : ManualConfig
{
    /// <summary>Creates the configuration.</summary>
    public InferenceConfig()
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(5)
            .WithIterationTime(TimeInterval.FromMilliseconds(150)).WithMinIterationTime(TimeInterval.FromMilliseconds(20)));
        AddFilter(new SimpleFilter(Applies));
    }

    private static bool Applies(BenchmarkCase benchmark)
    {
        T Value<T>(string parameter) => (T)benchmark.Parameters[parameter];
        return InferenceEngines.Applies(Value<string>("Engine"), Value<string>("Model"), Value<int>("Batch"), Value<int>("Threads"));
    }
}
