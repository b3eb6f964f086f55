using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Hardware.Words;

/// <summary>The entries of a table that an index of a given range can read.</summary>
internal static class TableRange
{
    public static RawInterval Of(LookupTable table, RawInterval index)
    {
        int count = table.Entries.Length;
        bool all = index.High - index.Low >= count - 1;
        int first = all ? 0 : At(index.Low, count), steps = all ? count : (int)(index.High - index.Low) + 1;
        BigInteger low = Entry(table, first), high = low;
        for (var n = 1; n < steps; n++)
        {
            var entry = Entry(table, (first + n) % count);
            low = BigInteger.Min(low, entry);
            high = BigInteger.Max(high, entry);
        }

        return new RawInterval(low, high);
    }

    private static BigInteger Entry(LookupTable table, int n) => table.Output.IsZero ? BigInteger.Zero : table.Output.FromStorage(table.Entries[n]);

    private static int At(BigInteger index, int count)
    {
        int rest = (int)BigInteger.Remainder(index, count);
        return rest < 0 ? rest + count : rest;
    }
}
