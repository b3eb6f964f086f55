using System;
using System.Collections.Generic;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>One thing that this library does with native memory; equal runs have equal results.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="Run">Does it from scratch and notes all results.</param>
internal sealed record Scenario(string Name, Action<Transcript> Run)
{
    /// <summary>All of a kind.</summary>
    public static IReadOnlyList<Scenario> Of(string kind) => kind switch
    {
        "compiled" => [.. CompiledScenarios.All, .. TrainingScenarios.Compiled],
        "front" => FrontScenarios.All,
        "layers" => LayerScenarios.All,
        "quantizers" => QuantizerScenarios.All,
        "training" => TrainingScenarios.ThroughTorchSharp,
        "unscoped" => UnscopedScenarios.All,
        _ => throw new ArgumentException($"There are no scenarios called {kind}.", nameof(kind)),
    };
}
