using System;

namespace HGQ.Runtime.Trimming;

/// <summary>A model can't be trimmed; the message names the layer and what to do.</summary>
public sealed class TrimException : Exception
{
    /// <summary>Puts the message together.</summary>
    /// <param name="layer">The layer that stands in the way.</param>
    /// <param name="reason">What about it.</param>
    public TrimException(string layer, string reason)
        : base($"the layer '{layer}' can't be trimmed: {reason}. Models that can be trimmed are chains: input, quantize, dense layers with quantizers between them, one output.")
    {
        Layer = layer;
    }

    /// <summary>The layer that stands in the way.</summary>
    public string Layer { get; }
}
