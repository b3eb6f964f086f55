using System;
using System.Linq;

namespace HGQ.HlsEmit.Reporting;

/// <summary>
/// LUT and DSP from the emitted operations. An adder takes a LUT for each bit in which its operands overlap. Over twenty routed designs
/// with adders alone (xcvu13p, II = 1, no DSP) the LUTs were 0.97 to 1.13 times these bits, 1.05 on average; over three trained networks
/// that Yosys mapped 0.97 to 1.01 times. The factor stands between both. Tables, selectors and multipliers are counted
/// by their structure and not calibrated.
/// </summary>
internal static class HardwareEstimate
{
    /// <summary>LUTs for each bit of an adder.</summary>
    public const double LutsPerAdderBit = 1.02;

    /// <summary>Lowest ratio seen.</summary>
    public const double LowestLutsPerAdderBit = 0.97;

    /// <summary>Highest ratio seen.</summary>
    public const double HighestLutsPerAdderBit = 1.13;

    private const int LutTableBits = 64;
    private const int DspWide = 26;
    private const int DspNarrow = 17;

    /// <summary>Largest product of widths that a synthesis tool builds of LUTs rather than of a DSP.</summary>
    private const int LargestLutMultiplier = 80;

    /// <summary>LUTs of a layer.</summary>
    public static long Luts(LayerCost cost)
    {
        var adders = cost.Adders.Sum(entry => (long)entry.Key * entry.Value);
        var multipliers = cost.Multipliers.Where(m => IsLutMultiplier(m.Key)).Sum(m => (long)m.Key.Wide * m.Key.Narrow * m.Value);
        multipliers += cost.FoldedProducts.Sum(m => (long)m.Key.Wide * m.Key.Narrow * m.Value);
        return cost.RomLuts
            + (long)Math.Ceiling((LutsPerAdderBit * adders) + multipliers + (cost.TableBits / (double)LutTableBits) + (cost.SelectorBits / 2.0))
            + cost.MultiplexerLuts;
    }

    /// <summary>DSPs of a layer.</summary>
    public static long Dsps(LayerCost cost) => cost.Multipliers.Where(m => !IsLutMultiplier(m.Key)).Concat(cost.DspProducts)
        .Sum(m => (long)Pieces(m.Key.Wide, DspWide) * Pieces(m.Key.Narrow, DspNarrow) * m.Value);

    private static bool IsLutMultiplier((int Wide, int Narrow) widths) => widths.Wide * widths.Narrow <= LargestLutMultiplier;

    private static int Pieces(int bits, int piece) => (bits + piece - 1) / piece;
}
