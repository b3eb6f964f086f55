using System;

namespace HGQ.Import;

/// <summary>A model that has no exact form in ONNX: what stands in the way, where, and the way out.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Layer to blame.</param>
    /// <param name="problem">What was found, what was expected, what to do.</param>
    public OnnxExportException(string layer, string problem)
        : base($"layer '{layer}': {problem}") => (Layer, Problem) = (layer, problem);

    /// <summary>Layer to blame.</summary>
    public string Layer { get; }

    /// <summary>The message without the layer.</summary>
    public string Problem { get; }
}
