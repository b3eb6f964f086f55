using System;
using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Comparisons of words on a carry chain, as many bits a position as fit into five inputs.</summary>
internal static class Comparison
{
    /// <summary>The literal that is 1 where left &lt; right.</summary>
    public static int Less(NetlistDraft draft, WordBits left, WordBits right)
    {
        int width = Math.Max(left.Width, right.Width) + (left.Signed != right.Signed ? 1 : 0);
        bool signed = left.Signed || right.Signed;
        var groups = Groups(left, right, width, signed);
        if (groups.Count == 1)
        {
            return draft.Lut(LutRole.Logic, groups[0], choice => Compare(choice, groups[0].Count / 2) < 0);
        }

        var chain = new ChainDraft(draft, Literal.Zero);
        foreach (var group in groups)
        {
            int pairs = group.Count / 2;
            chain.Add(group, choice => Compare(choice, pairs) switch { 0 => 1, < 0 => 2, _ => 0 });
        }

        int[] results = chain.Finish(carryOut: true);
        return results[results.Length - 1];
    }

    // Pairs of bits, lowest first, that share a position: at most five signals, or six where one LUT is enough for all.
    private static List<List<int>> Groups(WordBits left, WordBits right, int width, bool signed)
    {
        var all = new List<int>();
        var groups = new List<List<int>>();
        var group = new List<int>();
        for (var bit = 0; bit < width; bit++)
        {
            // With their signs inverted, two's complement numbers compare like numbers without a sign.
            int flip = signed && bit == width - 1 ? 1 : 0;
            int a = left[bit] ^ flip, b = right[bit] ^ flip;
            all.Add(a);
            all.Add(b);
            if (group.Count + 2 > FoldedInputs.MostLiterals || FoldedInputs.Of(new List<int>(group) { a, b }).Signals.Length > 5)
            {
                groups.Add(group);
                group = new List<int>();
            }

            group.Add(a);
            group.Add(b);
        }

        groups.Add(group);
        return FoldedInputs.Of(all).Signals.Length <= 6 && all.Count <= FoldedInputs.MostLiterals ? new List<List<int>> { all } : groups;
    }

    // Bits of left and right take turns, lowest first.
    private static int Compare(int choice, int pairs)
    {
        for (int pair = pairs - 1; pair >= 0; pair--)
        {
            int difference = ((choice >> (2 * pair)) & 1) - ((choice >> ((2 * pair) + 1)) & 1);
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }
}
