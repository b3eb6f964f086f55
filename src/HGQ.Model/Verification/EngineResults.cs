using System;
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

    /// <summary>The samples of the block that it computed, ascending; null: all.</summary>
    public int[]? Samples { get; init; }

    /// <summary>Number of results.</summary>
    internal int Count => Raw?.Length ?? Values!.Length;

    /// <summary>The element of the whole block that a result belongs to.</summary>
    /// <param name="result">The result, from 0.</param>
    /// <param name="outputs">Results of a sample.</param>
    internal int ElementOf(int result, int outputs) => Samples is null ? result : (Samples[result / outputs] * outputs) + (result % outputs);

    /// <summary>The result that belongs to an element of the whole block; -1 where there is none.</summary>
    internal int ResultOf(int element, int outputs)
    {
        int sample = Samples is null ? element / outputs : Array.BinarySearch(Samples, element / outputs);
        return sample < 0 ? -1 : (sample * outputs) + (element % outputs);
    }
}
