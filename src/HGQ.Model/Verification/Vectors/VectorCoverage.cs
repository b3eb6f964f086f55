using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Verification;

/// <summary>What a set of vectors reaches; the counts of what there is are bounds, not all of it can be reached.</summary>
/// <param name="Layers">The layers in the order of execution.</param>
/// <param name="TableEntries">Entries of look-up tables that are used, each table once.</param>
/// <param name="TableEntriesRead">Those that are read.</param>
public sealed record VectorCoverage(IReadOnlyList<LayerCoverage> Layers, long TableEntries, long TableEntriesRead)
{
    /// <summary>The layers added up.</summary>
    public LayerCoverage Total => new(
        "total",
        Layers.Sum(l => l.Elements),
        Layers.Sum(l => l.ElementsAtBothEnds),
        Layers.Sum(l => l.Wires),
        Layers.Sum(l => l.WiresAtBothEnds),
        Layers.Sum(l => l.Bits),
        Layers.Sum(l => l.BitsSeen),
        Layers.Sum(l => l.Narrowings),
        Layers.Sum(l => l.NarrowingsSeen),
        Layers.Sum(l => l.Borders),
        Layers.Sum(l => l.BordersSeen));
}

/// <summary>What the vectors reach in a layer.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Elements">Elements of its buffers that vary.</param>
/// <param name="ElementsAtBothEnds">Those that were seen at both ends of their interval.</param>
/// <param name="Wires">Wires of the back end between the buffers, but for those that keep a sum modulo a power of two.</param>
/// <param name="WiresAtBothEnds">Those that were seen at both ends of their interval.</param>
/// <param name="Bits">Bits of all wires, twice: as 0 and as 1. The top bits are signs and carries.</param>
/// <param name="BitsSeen">Those that were seen while the other value would have changed a result of the layer.</param>
/// <param name="Narrowings">Ways to lose a wire's value if the wire had one bit less: two of a signed wire, one of an unsigned one.</param>
/// <param name="NarrowingsSeen">Those that were seen while the loss would have changed a result of the layer.</param>
/// <param name="Borders">Cases at the edges of roundings, limits, relus and maxima.</param>
/// <param name="BordersSeen">Those that were seen.</param>
public sealed record LayerCoverage(
    string Layer,
    long Elements,
    long ElementsAtBothEnds,
    long Wires,
    long WiresAtBothEnds,
    long Bits,
    long BitsSeen,
    long Narrowings,
    long NarrowingsSeen,
    long Borders,
    long BordersSeen);
