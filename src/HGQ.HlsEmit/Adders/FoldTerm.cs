using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>A summand of a folded product: a wire that is something else in each phase.</summary>
/// <param name="Text">The wire as C++.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shift">Bits it is shifted left by.</param>
/// <param name="Depth">Adders on the longest way to it.</param>
/// <param name="Phases">What it is in each phase, before it is shifted.</param>
internal sealed record FoldTerm(string Text, WireType Type, int Shift, int Depth, IReadOnlyList<Operand> Phases)
{
    /// <summary>Everything it can be in any phase.</summary>
    public RawInterval Hull => Phases.Select(phase => phase.Interval).Aggregate((a, b) => a.Union(b));
}
