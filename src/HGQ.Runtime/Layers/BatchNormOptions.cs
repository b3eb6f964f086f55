namespace HGQ.Runtime.Layers;

/// <summary>Arguments of a batch norm.</summary>
public sealed record BatchNormOptions
{
    /// <summary>Share of the moving statistics that stays in a step.</summary>
    public double Momentum { get; init; } = 0.99;

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; init; } = 1e-3;
}
