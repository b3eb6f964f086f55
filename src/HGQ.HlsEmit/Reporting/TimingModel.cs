using System;
using System.Linq;

namespace HGQ.HlsEmit.Reporting;

/// <summary>
/// Clocks and registers from the levels of adders: a level takes a LUT, its net and a carry chain. The times are assumptions for each
/// family at a middle speed grade, no measurements; the tool's own schedule decides.
/// </summary>
/// <param name="Family">Family of the part.</param>
/// <param name="Level">Nanoseconds of a level, net included.</param>
/// <param name="Bit">Nanoseconds for each bit of its carry chain.</param>
internal sealed record TimingModel(string Family, double Level, double Bit)
{
    private static readonly (string[] Starts, TimingModel Model)[] Families =
    [
        (["xc7", "xa7", "xq7"], new TimingModel("7 series", 1.1, 0.03)),
        (["xcvc", "xcvm", "xcvp", "xcve", "xcvh", "xqvc", "xave", "xqvm"], new TimingModel("Versal", 0.5, 0.01)),
    ];

    private static readonly TimingModel UltraScale = new("UltraScale", 0.8, 0.02);
    private static readonly TimingModel UltraScalePlus = new("UltraScale+", 0.6, 0.015);

    /// <summary>The model of a part.</summary>
    public static TimingModel Of(string part)
    {
        var name = part.ToLowerInvariant();
        var found = Families.FirstOrDefault(family => Array.Exists(family.Starts, Starts)).Model;
        if (found is not null)
        {
            return found;
        }

        // The device ends before the package: xcku115 is UltraScale, xcku15p UltraScale+. Zynq, Kria and Alveo are UltraScale+.
        var device = name.Split('-')[0];
        return (Starts("xcku") || Starts("xcvu")) && !device.EndsWith('p') ? UltraScale : UltraScalePlus;

        bool Starts(string start) => name.StartsWith(start, StringComparison.Ordinal);
    }

    /// <summary>Clocks that the levels of a layer take, one at least where there are any.</summary>
    /// <param name="cost">What the layer computes.</param>
    /// <param name="period">Nanoseconds of a clock that are there for logic.</param>
    public int Stages(LayerCost cost, double period)
    {
        var adders = cost.Adders.Values.Sum();
        var bits = adders == 0 ? 0 : cost.Adders.Sum(entry => (double)entry.Key * entry.Value) / adders;
        return (int)Math.Ceiling(cost.Depth * (Level + (Bit * bits)) / period);
    }

    /// <summary>Registers of so many stages: at their borders inside, and behind the layer.</summary>
    public static long Registers(LayerCost cost, int stages, long outputBits) => stages == 0 ? 0
        : outputBits + Enumerable.Range(1, stages - 1).Sum(n => cost.Live.Behind((int)Math.Round((double)n * cost.Depth / stages)));
}
