using System.Collections.Generic;

namespace HGQ.Import;

/// <summary>What a file does not say.</summary>
public sealed record ImportOptions
{
    /// <summary>Format of every input that the source does not quantize; null refuses such models.</summary>
    public InputFormat? Input { get; init; }

    /// <summary>Formats of single inputs by name; they go before <see cref="Input"/>.</summary>
    public IReadOnlyDictionary<string, InputFormat> Inputs { get; init; } = new Dictionary<string, InputFormat>();

    /// <summary>Shape of every input, without the batch, in the source's order of axes; null takes that of the source.</summary>
    public int[]? Shape { get; init; }

    /// <summary>Shapes of single inputs by name; they go before <see cref="Shape"/>.</summary>
    public IReadOnlyDictionary<string, int[]> Shapes { get; init; } = new Dictionary<string, int[]>();

    /// <summary>
    /// A configuration of hls4ml whose precisions of weights and results are applied as hls4ml does; null keeps those of the source.
    /// </summary>
    public Hls4mlConfiguration? Configuration { get; init; }

    /// <summary>Data and limits that the formats of a float model are chosen by; null refuses float models.</summary>
    public CalibrationOptions? Calibration { get; init; }

    /// <summary>Name of the model; null takes that of the source.</summary>
    public string? Name { get; init; }
}
