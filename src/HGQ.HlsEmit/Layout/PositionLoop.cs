using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.HlsEmit.Layout;

/// <summary>A loop over positions, or none; and how each buffer's index moves with the position.</summary>
/// <param name="Count">Positions; 1 means that the elements are written out one by one.</param>
/// <param name="Views">The buffers, in the order they were given.</param>
internal sealed record PositionLoop(int Count, IReadOnlyList<BufferView> Views)
{
    /// <summary>Name of the loop's variable.</summary>
    public const string Variable = "p";

    /// <summary>Lines at the top of the loop, and tables before it.</summary>
    public IEnumerable<string> Prologue => Views.SelectMany(view => view.Prologue).Distinct();

    /// <summary>No loop: every element has a statement of its own.</summary>
    public static PositionLoop None(params (BufferWires Wires, string Variable)[] buffers) =>
        new(1, buffers.Select(b => new BufferView(b.Wires, b.Variable, [0])).ToArray());

    /// <summary>A loop in which buffer b moves by offsets[b][p] elements, or null where its layout has no arrays for that.</summary>
    public static PositionLoop? Try(int count, params (BufferWires Wires, string Variable, int[] Offsets)[] buffers)
    {
        if (count < 2 || buffers.Any(b => b.Offsets.Any(o => o != 0) && (!b.Wires.IsArray || b.Offsets.Any(o => o % b.Wires.Period != 0))))
        {
            return null;
        }

        return new PositionLoop(count, buffers.Select(b => new BufferView(b.Wires, b.Variable, b.Offsets)).ToArray());
    }

    /// <summary>Offsets of <paramref name="count"/> positions at equal distances.</summary>
    public static int[] Strided(int count, int stride) => Enumerable.Range(0, count).Select(p => p * stride).ToArray();

    /// <summary>The head of the loop.</summary>
    public string Head => string.Create(CultureInfo.InvariantCulture, $"for (int {Variable} = 0; {Variable} < {Count}; {Variable}++)");
}
