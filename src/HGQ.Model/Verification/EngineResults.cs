using System.Collections.Generic;

namespace HGQ.Model.Verification;

/// <summary>What an engine computed for a block.</summary>
/// <param name="Raw">Raw integers of all outputs, row-major, in 64-bit storage.</param>
public sealed record EngineResults(long[] Raw)
{
    /// <summary>Results of further ways into the engine, such as a batch of reals; each is compared too.</summary>
    public IReadOnlyList<EntryPointResults> EntryPoints { get; init; } = new EntryPointResults[0];
}

/// <summary>What another way into an engine computed for a block: raw integers or their real values.</summary>
public sealed class EntryPointResults
{
    /// <summary>Results in integers.</summary>
    /// <param name="name">The entry point, for example <c>PredictBatch</c>.</param>
    /// <param name="raw">Raw integers of all outputs, row-major, in 64-bit storage.</param>
    public EntryPointResults(string name, long[] raw)
    {
        Name = name;
        Raw = raw;
    }

    /// <summary>Results in reals: they must be the values of the raw ones exactly.</summary>
    /// <param name="name">The entry point.</param>
    /// <param name="values">Values of all outputs, row-major.</param>
    public EntryPointResults(string name, double[] values)
    {
        Name = name;
        Values = values;
    }

    /// <summary>The entry point.</summary>
    public string Name { get; }

    /// <summary>Raw integers, or null where it answers reals.</summary>
    public long[]? Raw { get; }

    /// <summary>Real values, or null where it answers integers.</summary>
    public double[]? Values { get; }
}
