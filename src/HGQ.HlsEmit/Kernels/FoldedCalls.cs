using HGQ.HlsEmit.Folding;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The product of a layer that is folded.</summary>
/// <param name="Plan">How it is spread over the phases.</param>
/// <param name="Calls">Calls of the layer's body that belong to every phase; the others to the last.</param>
internal sealed record FoldedCalls(FoldPlan Plan, int Calls)
{
    /// <summary>Place of the layer among the folded ones of the project.</summary>
    public int Index { get; set; }
}
