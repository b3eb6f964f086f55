using System;
using System.Text.Json.Serialization;
using HGQ.Runtime.Trimming;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>What is to become less while a model is trimmed.</summary>
public enum TrimCostKind
{
    /// <summary>EBOPs, see <see cref="TrimCost.Ebops"/>.</summary>
    [JsonStringEnumMemberName("ebops")]
    Ebops,

    /// <summary>An estimate of LUTs, see <see cref="TrimCost.Luts"/>.</summary>
    [JsonStringEnumMemberName("luts")]
    Luts,
}

/// <summary>How models of a front are trimmed.</summary>
public sealed record TrimPlan
{
    /// <summary>Models that are trimmed.</summary>
    public int Starts { get; init; } = 12;

    /// <summary>Sweeps over each.</summary>
    public int Sweeps { get; init; } = 5;

    /// <summary>
    /// Price of the first sweep as a share of what a bit operation cost in training: cost that is saved is saved for good here.
    /// </summary>
    public double PriceShare { get; init; } = 0.5;

    /// <summary>Factor of the price from sweep to sweep.</summary>
    public double PriceGrowth { get; init; } = 1.3;

    /// <summary>Also tries a bit more where that gains more than it costs.</summary>
    public bool Grow { get; init; }

    /// <summary>What is to become less.</summary>
    public TrimCostKind Cost { get; init; } = TrimCostKind.Ebops;

    internal static TrimCost CostOf(TrimCostKind kind) => kind switch
    {
        TrimCostKind.Ebops => TrimCost.Ebops,
        TrimCostKind.Luts => TrimCost.Luts,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such cost."),
    };
}
