using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Cells that are computed sample by sample. Their signals are numbers of rows.</summary>
internal static class BlockCells
{
    /// <summary>Computes the steps from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public static void Run<TBlock>(StepList list, int first, int end, TBlock block)
        where TBlock : struct, IBlock
    {
        for (var n = first; n < end; n++)
        {
            if (list.Steps[n].Kind == BitOperationKind.Rom)
            {
                Read(list.Roms[list.Steps[n].A], block);
            }
            else
            {
                Multiply(list.Multipliers[list.Steps[n].A], block);
            }
        }
    }

    private static void Read<TBlock>(RomCell rom, TBlock block)
        where TBlock : struct, IBlock
    {
        var address = new ulong[rom.Address.Length];
        var read = new ulong[rom.Outputs.Length];
        for (var word = 0; word < block.Words; word++)
        {
            Load(rom.Address, block, word, address);
            for (var n = 0; n < 64; n++)
            {
                Put((ulong)rom.Entries[(int)Value(address, false, n)], read, n);
            }

            Store(rom.Outputs, block, word, read);
        }
    }

    private static void Multiply<TBlock>(MultiplierCell multiplier, TBlock block)
        where TBlock : struct, IBlock
    {
        var left = new ulong[multiplier.Left.Length];
        var right = new ulong[multiplier.Right.Length];
        var product = new ulong[multiplier.Outputs.Length];
        for (var word = 0; word < block.Words; word++)
        {
            Load(multiplier.Left, block, word, left);
            Load(multiplier.Right, block, word, right);
            for (var n = 0; n < 64; n++)
            {
                Put(unchecked(Value(left, multiplier.LeftSigned, n) * Value(right, multiplier.RightSigned, n)), product, n);
            }

            Store(multiplier.Outputs, block, word, product);
        }
    }

    private static void Load<TBlock>(EquatableArray<int> signals, TBlock block, int word, ulong[] bits)
        where TBlock : struct, IBlock
    {
        for (var bit = 0; bit < bits.Length; bit++)
        {
            bits[bit] = block[signals[bit], word];
        }
    }

    private static void Store<TBlock>(EquatableArray<int> signals, TBlock block, int word, ulong[] bits)
        where TBlock : struct, IBlock
    {
        for (var bit = 0; bit < bits.Length; bit++)
        {
            if (signals[bit] >= 0)
            {
                block[signals[bit], word] = bits[bit];
            }

            bits[bit] = 0;
        }
    }

    private static ulong Value(ulong[] bits, bool signed, int n)
    {
        ulong value = 0;
        for (var bit = 0; bit < bits.Length; bit++)
        {
            value |= ((bits[bit] >> n) & 1) << bit;
        }

        int unused = 64 - bits.Length;
        return signed && unused is > 0 and < 64 ? (ulong)((long)(value << unused) >> unused) : value;
    }

    private static void Put(ulong value, ulong[] bits, int n)
    {
        for (var bit = 0; bit < bits.Length; bit++)
        {
            bits[bit] |= ((value >> bit) & 1) << n;
        }
    }
}
