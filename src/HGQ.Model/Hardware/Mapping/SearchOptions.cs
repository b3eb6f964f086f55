using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Sharing;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>The sets of search options that each sum is tried with.</summary>
internal static class SearchOptions
{
    private static readonly float[] Prices = { 0.97f, 1.25f, 1.6f };

    public static HeapSearchOptions[] Of(int effort)
    {
        int beam = effort switch { <= 1 => 10, 2 => 30, _ => 100 };
        return new[]
        {
            new HeapSearchOptions(8, 1.6f, Prices, 0.70f, 0.4f, beam),
            new HeapSearchOptions(5, 1.6f, Prices, 0.62f, 0.4f, beam),
            new HeapSearchOptions(4, 1.45f, Prices, 0.78f, 0.4f, beam),
        };
    }

    public static SharingOptions Sharing(int effort) => new(0.45, 0.75, 2, effort <= 1 ? 8 : 24);
}
