namespace HGQ.Model.Hardware.Bits;

/// <summary>Functions of up to six bits as 64 bits: bit n is the value where the inputs, input 0 lowest, are n.</summary>
internal static class TruthTable
{
    private static readonly ulong[] InputMasks =
    [
        0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0, 0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000,
    ];

    /// <summary>The table of an input itself.</summary>
    public static ulong Input(int input) => InputMasks[input];

    /// <summary>The function where an input is fixed, as a function that does not depend on it.</summary>
    public static ulong Cofactor(ulong table, int input, bool value)
    {
        ulong mask = InputMasks[input];
        int step = 1 << input;
        ulong half = value ? table & mask : table & ~mask;
        return value ? half | (half >> step) : half | (half << step);
    }

    /// <summary>A table over so many inputs as one of 64 bits; what lies beyond them does not matter.</summary>
    public static ulong Widen(ulong table, int inputs)
    {
        if (inputs >= 6)
        {
            return table;
        }

        table &= (1UL << (1 << inputs)) - 1;
        for (int bits = 1 << inputs; bits < 64; bits <<= 1)
        {
            table |= table << bits;
        }

        return table;
    }

    /// <summary>Whether the function depends on an input.</summary>
    public static bool DependsOn(ulong table, int input) => Cofactor(table, input, false) != Cofactor(table, input, true);
}
