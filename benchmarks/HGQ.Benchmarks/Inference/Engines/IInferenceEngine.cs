using System;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>One way to compute a batch; memory of inputs and results is made beforehand.</summary>
internal interface IInferenceEngine : IDisposable
{
    /// <summary>Computes the whole batch.</summary>
    void Run();

    /// <summary>Compares the results of the last run with what they are to be.</summary>
    /// <exception cref="InvalidOperationException">They differ: a fast wrong answer is none.</exception>
    void Check();
}
