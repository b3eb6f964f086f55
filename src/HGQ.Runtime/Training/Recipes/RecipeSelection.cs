using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Which point of the reported front becomes the model.</summary>
public enum ChoiceKind
{
    /// <summary>The best validation score within <see cref="RecipeSelection.Ebops"/>; without a limit, the best of all.</summary>
    [JsonStringEnumMemberName("best-within")]
    BestWithin,

    /// <summary>The cheapest point whose validation score reaches <see cref="RecipeSelection.Score"/>.</summary>
    [JsonStringEnumMemberName("cheapest-reaching")]
    CheapestReaching,

    /// <summary>The cheapest point within <see cref="RecipeSelection.Loss"/> of the best validation score.</summary>
    [JsonStringEnumMemberName("cheapest-near-best")]
    CheapestNearBest,

    /// <summary>
    /// The cheapest point within one standard error of the best validation score: what is better than that may be chance.
    /// </summary>
    [JsonStringEnumMemberName("within-standard-error")]
    WithinStandardError,
}

/// <summary>Which epochs become candidates and which point becomes the model.</summary>
public sealed record RecipeSelection
{
    /// <summary>By what figures epochs become candidates.</summary>
    public CandidateFigures Candidates { get; init; } = CandidateFigures.Running;

    /// <summary>Pareto fronts of these figures that become candidates.</summary>
    public int Fronts { get; init; } = 3;

    /// <summary>How the model is chosen from the reported front.</summary>
    public ChoiceKind Choose { get; init; } = ChoiceKind.CheapestNearBest;

    /// <summary>Limit of <see cref="ChoiceKind.BestWithin"/>.</summary>
    public double? Ebops { get; init; }

    /// <summary>Score that <see cref="ChoiceKind.CheapestReaching"/> asks for: an accuracy, or minus a root mean square error.</summary>
    public double? Score { get; init; }

    /// <summary>What <see cref="ChoiceKind.CheapestNearBest"/> gives up: an accuracy, or a share of the smallest error.</summary>
    public double Loss { get; init; } = 0.005;
}
