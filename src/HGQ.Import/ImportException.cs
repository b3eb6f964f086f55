using System;

namespace HGQ.Import;

/// <summary>A file that can't be imported exactly: what stands in the way, where, and the way out.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Layer or node of the source to blame, or an empty string for the file.</param>
    /// <param name="problem">What was found, what was expected, what to do.</param>
    /// <param name="inner">What a reader of the container said.</param>
    public ImportException(string layer, string problem, Exception? inner = null)
        : base(layer.Length == 0 ? problem : $"layer '{layer}': {problem}", inner)
    {
        Layer = layer;
        Problem = problem;
    }

    /// <summary>Layer or node of the source to blame, or an empty string.</summary>
    public string Layer { get; }

    /// <summary>The message without the layer.</summary>
    public string Problem { get; }
}
