using System;

namespace HGQ.Model.Hardware.Streams;

/// <summary>A model that can't be computed position by position; the message names the layer and what to do.</summary>
public sealed class StreamRefusedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Layer or port.</param>
    /// <param name="problem">Why, as the end of a sentence.</param>
    public StreamRefusedException(string layer, string problem)
        : base($"'{layer}' does not work position by position: {problem}. All positions at once do it (--io wires)") => Layer = layer;

    /// <summary>The layer or port.</summary>
    public string Layer { get; }
}
