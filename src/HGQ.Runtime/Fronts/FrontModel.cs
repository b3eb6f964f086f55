using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Training.Pareto;

namespace HGQ.Runtime.Fronts;

/// <summary>An exported model on its way to a front, judged by its integers.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Score">Score on the validation rows, with real wrap-around; more is better.</param>
/// <param name="Beta">What a bit operation cost in the loss where it was trained: the price at which it goes on.</param>
/// <param name="Origin">Where it comes from: seed, epoch, and what was done since.</param>
public sealed record FrontModel(ModelGraph Graph, long Ebops, double Score, double Beta, string Origin)
{
    /// <summary>The epoch, from 0, whose export it is unchanged; null after trimming or refitting.</summary>
    public int? Epoch { get; init; }

    /// <summary>The models that no other one beats, by rising EBOPs; of equal ones the first.</summary>
    public static IReadOnlyList<FrontModel> Front(IReadOnlyList<FrontModel> models) =>
        [.. ParetoFronts.First([.. models.Select(static m => new ParetoPoint(m.Ebops, m.Score))]).Select(i => models[i])];
}
