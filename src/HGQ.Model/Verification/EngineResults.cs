using System.Collections.Generic;

namespace HGQ.Model.Verification;

/// <summary>What an engine computed for a block.</summary>
/// <param name="Raw">Raw integers of all outputs, row-major, in 64-bit storage.</param>
public sealed record EngineResults(long[] Raw)
{
    /// <summary>Results of further ways into the engine, such as a batch of reals; each is compared too.</summary>
    public IReadOnlyList<EntryPointResults> EntryPoints { get; init; } = new EntryPointResults[0];
}

/// <summary>What another way into an engine computed for a block.</summary>
/// <param name="Name">The entry point, for example <c>PredictBatch</c>.</param>
/// <param name="Values">Real results of all outputs, row-major; they must be the values of the raw ones, bit for bit.</param>
public sealed record EntryPointResults(string Name, double[] Values);
