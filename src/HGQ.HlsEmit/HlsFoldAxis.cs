namespace HGQ.HlsEmit;

/// <summary>What the phases of a folded product take turns with.</summary>
public enum HlsFoldAxis
{
    /// <summary>A multiplier keeps its input and serves one output after the other.</summary>
    Outputs,

    /// <summary>A multiplier serves one output and takes one input after the other; their products are accumulated.</summary>
    Inputs,
}
