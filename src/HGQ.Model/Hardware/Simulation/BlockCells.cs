using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Cells that are computed sample by sample.</summary>
internal static class BlockCells
{
    public static void Read(RomCell rom, ulong[] slots, int words)
    {
        for (var n = 0; n < words * 64; n++)
        {
            ulong address = Word(rom.Address, false, slots, words, n);
            Store(rom.Outputs, (ulong)rom.Entries[(int)address], slots, words, n);
        }
    }

    public static void Multiply(MultiplierCell multiplier, ulong[] slots, int words)
    {
        for (var n = 0; n < words * 64; n++)
        {
            ulong left = Word(multiplier.Left, multiplier.LeftSigned, slots, words, n);
            ulong right = Word(multiplier.Right, multiplier.RightSigned, slots, words, n);
            Store(multiplier.Outputs, unchecked(left * right), slots, words, n);
        }
    }

    private static ulong Word(EquatableArray<int> signals, bool signed, ulong[] slots, int words, int n)
    {
        ulong value = 0;
        for (var bit = 0; bit < signals.Length; bit++)
        {
            value |= ((slots[(signals[bit] * words) + (n >> 6)] >> (n & 63)) & 1) << bit;
        }

        int unused = 64 - signals.Length;
        return signed && unused is > 0 and < 64 ? (ulong)((long)(value << unused) >> unused) : value;
    }

    private static void Store(EquatableArray<int> outputs, ulong value, ulong[] slots, int words, int n)
    {
        for (var bit = 0; bit < outputs.Length; bit++)
        {
            if (outputs[bit] >= 0)
            {
                ref ulong slot = ref slots[(outputs[bit] * words) + (n >> 6)];
                slot = (slot & ~(1UL << (n & 63))) | (((value >> bit) & 1) << (n & 63));
            }
        }
    }
}
