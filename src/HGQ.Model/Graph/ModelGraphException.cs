using System;

namespace HGQ.Model.Graph;

/// <summary>A graph that cannot be used, with the layer that is to blame.</summary>
public sealed class ModelGraphException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">One of <see cref="GraphErrorCodes"/>.</param>
    /// <param name="layer">Layer to blame, or an empty string.</param>
    /// <param name="problem">What was found, what was expected, what to do.</param>
    public ModelGraphException(string code, string layer, string problem)
        : base(layer.Length == 0 ? $"{code}: {problem}" : $"{code}: layer '{layer}': {problem}")
    {
        Code = code;
        Layer = layer;
        Problem = problem;
    }

    /// <summary>One of <see cref="GraphErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Layer to blame, or an empty string.</summary>
    public string Layer { get; }

    /// <summary>The message without code and layer.</summary>
    public string Problem { get; }
}
