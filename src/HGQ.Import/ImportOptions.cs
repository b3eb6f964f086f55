using System.Collections.Generic;

namespace HGQ.Import;

/// <summary>What a file does not say.</summary>
public sealed record ImportOptions
{
    /// <summary>Format of every input that the source does not quantize; null refuses such models.</summary>
    public InputFormat? Input { get; init; }

    /// <summary>Formats of single inputs by name; they go before <see cref="Input"/>.</summary>
    public IReadOnlyDictionary<string, InputFormat> Inputs { get; init; } = new Dictionary<string, InputFormat>();

    /// <summary>Name of the model; null takes that of the source.</summary>
    public string? Name { get; init; }
}
