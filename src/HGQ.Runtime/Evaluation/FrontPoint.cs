using HGQ.Model.Graph;

namespace HGQ.Runtime.Evaluation;

/// <summary>A candidate after calibration and export: its figures are those of the integers, with real wrap-around.</summary>
/// <param name="Epoch">The epoch it comes from, from 0.</param>
/// <param name="Graph">The exported model.</param>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows.</param>
/// <param name="Test">Score on the test rows; null without any.</param>
/// <param name="NonZero">Weights that are not 0.</param>
/// <param name="Origin">What was done with a model after its epoch; null for the export of an epoch.</param>
public sealed record FrontPoint(
    int Epoch, ModelGraph Graph, long Ebops, double Validation, double? Test, int NonZero, string? Origin = null);
