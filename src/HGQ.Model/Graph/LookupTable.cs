using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Graph;

/// <summary>A unary function over all codes of its input format (fixed-point.md §6).</summary>
/// <param name="Input">Format of the index; the table has 2^Width entries.</param>
/// <param name="Output">Format of the entries.</param>
/// <param name="Entries">Raw results; entry n belongs to the input whose raw bits, in two's complement, are n.</param>
public sealed record LookupTable(FixedPointFormat Input, FixedPointFormat Output, EquatableArray<long> Entries)
{
    /// <summary>The smallest interval that holds the results of all raw inputs of an interval.</summary>
    internal RawInterval ResultsOf(RawInterval inputs)
    {
        int mask = Entries.Length - 1;
        BigInteger low = ResultOf(inputs.Low, mask), high = low;
        for (var raw = inputs.Low; raw <= inputs.High; raw++)
        {
            var result = ResultOf(raw, mask);
            low = BigInteger.Min(low, result);
            high = BigInteger.Max(high, result);
        }

        return new RawInterval(low, high);
    }

    private BigInteger ResultOf(BigInteger raw, int mask) => Output.FromStorage(Entries[(int)((long)raw & mask)]);
}
