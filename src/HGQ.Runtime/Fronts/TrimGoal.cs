using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Fronts;

/// <summary>How far a single model is trimmed, and at what price.</summary>
public sealed record TrimGoal
{
    /// <summary>What is to become less.</summary>
    public TrimCostKind Cost { get; init; } = TrimCostKind.Ebops;

    /// <summary>
    /// The fixed price of a unit of cost in the mean training loss: sweeps follow until nothing changes. Null lets the price rise from a
    /// tenth of loss over cost.
    /// </summary>
    public double? Price { get; init; }

    /// <summary>EBOPs to come down to; null stops where the validation score has fallen by two standard errors for three sweeps.</summary>
    public long? Ebops { get; init; }

    /// <summary>Sweeps at most.</summary>
    public int Sweeps { get; init; } = 30;

    /// <summary>Factor of a rising price from sweep to sweep.</summary>
    public double Growth { get; init; } = 1.3;

    /// <summary>Also tries a bit more where that gains more than it costs.</summary>
    public bool Grow { get; init; }

    /// <summary>Decides the order of the changes.</summary>
    public ulong Seed { get; init; }
}
