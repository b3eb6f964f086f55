using System;

namespace HGQ.Runtime.Export;

/// <summary>A trained model that can't be exported, with the layer that is to blame.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="inner">The error underneath.</param>
    public ExportException(string layer, string problem, Exception? inner = null)
        : base($"Layer '{layer}' can't be exported: {problem}", inner) => Layer = layer;

    /// <summary>The layer.</summary>
    public string Layer { get; }
}
