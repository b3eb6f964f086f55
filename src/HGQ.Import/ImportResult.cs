using HGQ.Model;
using HGQ.Model.Graph;

namespace HGQ.Import;

/// <summary>An imported model.</summary>
/// <param name="Graph">The model, checked by shape inference.</param>
/// <param name="Source">What it was read from, for example "QKeras (h5)".</param>
/// <param name="Notes">What a user should know, one sentence each.</param>
public sealed record ImportResult(ModelGraph Graph, string Source, EquatableArray<string> Notes)
{
    /// <summary>Of a float model what was chosen for each layer and what that costs; empty where the import is exact.</summary>
    public EquatableArray<CalibratedLayer> Calibrated { get; init; } = EquatableArray<CalibratedLayer>.Empty;
}
