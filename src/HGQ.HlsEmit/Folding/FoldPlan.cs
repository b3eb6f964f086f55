using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.HlsEmit.Folding;

/// <summary>How a product is spread over phases.</summary>
/// <param name="Phases">Clock cycles of a sample.</param>
/// <param name="Axis">What takes turns.</param>
/// <param name="Slots">The sums that stand side by side.</param>
internal sealed record FoldPlan(int Phases, HlsFoldAxis Axis, IReadOnlyList<FoldSlot> Slots)
{
    /// <summary>Multipliers of all sums.</summary>
    public IEnumerable<FoldLane> Lanes => Slots.SelectMany(slot => slot.Lanes);
}

/// <summary>A sum of a folded product.</summary>
/// <param name="Rows">The output of each phase, null where there is none; or the only output, for which the phases are added up.</param>
/// <param name="Lanes">Its multipliers.</param>
internal sealed record FoldSlot(IReadOnlyList<FoldRow?> Rows, IReadOnlyList<FoldLane> Lanes)
{
    /// <summary>The constant of each phase, where outputs take turns.</summary>
    public IEnumerable<BigInteger> Biases => Rows.Select(row => row?.Bias ?? BigInteger.Zero);
}
