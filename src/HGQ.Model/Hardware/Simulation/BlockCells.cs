using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Cells that are computed sample by sample. Their signals are numbers of rows.</summary>
internal static class BlockCells
{
    public static void Read<TRow>(RomCell rom, TRow[] rows)
        where TRow : struct, IBitRow<TRow>
    {
        var address = new ulong[rom.Address.Length];
        var read = new ulong[rom.Outputs.Length];
        for (var word = 0; word < rows[0].Words; word++)
        {
            Load(rom.Address, rows, word, address);
            for (var n = 0; n < 64; n++)
            {
                Put((ulong)rom.Entries[(int)Value(address, false, n)], read, n);
            }

            Store(rom.Outputs, rows, word, read);
        }
    }

    public static void Multiply<TRow>(MultiplierCell multiplier, TRow[] rows)
        where TRow : struct, IBitRow<TRow>
    {
        var left = new ulong[multiplier.Left.Length];
        var right = new ulong[multiplier.Right.Length];
        var product = new ulong[multiplier.Outputs.Length];
        for (var word = 0; word < rows[0].Words; word++)
        {
            Load(multiplier.Left, rows, word, left);
            Load(multiplier.Right, rows, word, right);
            for (var n = 0; n < 64; n++)
            {
                Put(unchecked(Value(left, multiplier.LeftSigned, n) * Value(right, multiplier.RightSigned, n)), product, n);
            }

            Store(multiplier.Outputs, rows, word, product);
        }
    }

    private static void Load<TRow>(EquatableArray<int> signals, TRow[] rows, int word, ulong[] bits)
        where TRow : struct, IBitRow<TRow>
    {
        for (var bit = 0; bit < bits.Length; bit++)
        {
            bits[bit] = rows[signals[bit]][word];
        }
    }

    private static void Store<TRow>(EquatableArray<int> signals, TRow[] rows, int word, ulong[] bits)
        where TRow : struct, IBitRow<TRow>
    {
        for (var bit = 0; bit < bits.Length; bit++)
        {
            if (signals[bit] >= 0)
            {
                rows[signals[bit]][word] = bits[bit];
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
