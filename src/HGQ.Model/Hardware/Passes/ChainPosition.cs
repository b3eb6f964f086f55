using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Passes;

/// <summary>A position of a carry chain as functions of signals.</summary>
/// <param name="Inputs">The signals, at most six, in rising order.</param>
/// <param name="Select">Table of the select.</param>
/// <param name="Data">Table of the data; where the select is 1 it does not matter.</param>
/// <param name="Sum">Signal of the sum, or −1.</param>
internal sealed record ChainPosition(int[] Inputs, ulong Select, ulong Data, int Sum)
{
    /// <summary>A position that is made of a LUT.</summary>
    public static ChainPosition Of(LutCell lut, bool hasData, int sum)
    {
        ulong low = lut.Init & 0xFFFFFFFF, high = lut.Init >> 32;
        int inputs = lut.Inputs.Length;
        ulong select = inputs == 6 ? lut.Init : TruthTable.Widen(high, inputs), data = TruthTable.Widen(low, System.Math.Min(5, inputs));
        return new ChainPosition(lut.Inputs.ToArray(), select, hasData ? data : 0, sum);
    }

    /// <summary>This position and the next as one whose sum is not read; null where they need too many inputs.</summary>
    public ChainPosition? JoinedWith(ChainPosition next)
    {
        int[] inputs = Inputs.Union(next.Inputs).OrderBy(signal => signal).ToArray();
        if (inputs.Length > 6)
        {
            return null;
        }

        ulong firstSelect = Over(inputs, Inputs, Select), firstData = Over(inputs, Inputs, Data);
        ulong nextSelect = Over(inputs, next.Inputs, next.Select), nextData = Over(inputs, next.Inputs, next.Data);

        // The carry passes both, or is what the first gives where the next passes it on.
        var joined = new ChainPosition(inputs, firstSelect & nextSelect, (nextSelect & firstData) | (~nextSelect & nextData), -1);
        return joined.Lut(0, 0, 0) is null ? null : joined;
    }

    /// <summary>The LUT of the position; null where six inputs do not fit its two outputs.</summary>
    public LutCell? Lut(int layer, int select, int data)
    {
        if (Inputs.Length <= 5)
        {
            return new LutCell(layer, LutRole.Chain, Inputs, (Data & ~Select & 0xFFFFFFFF) | (Select << 32), select, data);
        }

        if (data < 0)
        {
            return new LutCell(layer, LutRole.Chain, Inputs, Select, select, -1);
        }

        for (var last = 5; last >= 0; last--)
        {
            // O5 is O6 with the last input 0: that select must do as data, where either matters.
            ulong low = TruthTable.Cofactor(Select, last, false), wrong = (low ^ Data) & ~Select;
            if (wrong == 0)
            {
                int[] order = Inputs.Where((_, n) => n != last).Concat(new[] { Inputs[last] }).ToArray();
                return new LutCell(layer, LutRole.Chain, order, Over(order, Inputs, Select), select, data);
            }
        }

        return null;
    }

    // A table over other inputs, all of its own among them; inputs beyond do not matter.
    private static ulong Over(int[] inputs, int[] own, ulong table)
    {
        int[] at = own.Select(signal => System.Array.IndexOf(inputs, signal)).ToArray();
        ulong wide = 0;
        for (var choice = 0; choice < 64; choice++)
        {
            var index = 0;
            for (var n = 0; n < at.Length; n++)
            {
                index |= ((choice >> at[n]) & 1) << n;
            }

            wide |= ((table >> index) & 1) << choice;
        }

        return wide;
    }
}
