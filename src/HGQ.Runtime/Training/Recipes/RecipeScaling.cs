using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>The kinds of feature scaling.</summary>
public enum ScalingKind
{
    /// <summary>Subtract the mean and divide by the population deviation of the training rows.</summary>
    [JsonStringEnumMemberName("standardize")]
    Standardize,

    /// <summary>Divide by <see cref="RecipeScaling.Divisor"/>.</summary>
    [JsonStringEnumMemberName("divide")]
    Divide,

    /// <summary>Leave features as they are.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>What happens to the features before they enter the network.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Divisor">The divisor of <see cref="ScalingKind.Divide"/>.</param>
public sealed record RecipeScaling(ScalingKind Kind = ScalingKind.Standardize, double Divisor = 1)
{
    /// <summary>The scaling of a data set.</summary>
    public FeatureScaling ToScaling(Dataset data, IReadOnlyList<int> trainingRows) => Kind switch
    {
        ScalingKind.Standardize => FeatureScaling.Standardize(data, trainingRows),
        ScalingKind.Divide => FeatureScaling.Divide(Divisor),
        ScalingKind.None => FeatureScaling.Identity,
        _ => throw new InvalidOperationException($"There is no scaling {Kind}."),
    };
}
