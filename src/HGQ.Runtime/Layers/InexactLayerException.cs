using System;

namespace HGQ.Runtime.Layers;

/// <summary>A layer's results are on no fixed-point grid, so that they have no exact format.</summary>
public sealed class InexactLayerException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="problem">What is wrong and what to do, a sentence.</param>
    public InexactLayerException(string layer, string problem)
        : base(problem) => Layer = layer;

    /// <summary>Name of the layer.</summary>
    public string Layer { get; }
}
