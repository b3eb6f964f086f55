using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Sharing;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>The sets of search options that each sum is tried with.</summary>
internal static class SearchOptions
{
    private static readonly float[] Prices = { 0.97f, 1.25f, 1.6f };

    public static HeapSearchOptions[] Of(MappingOptions options)
    {
        int beam = options.Effort switch { <= 1 => 10, 2 => 30, _ => 100 };
        bool windows = options.Features.HasFlag(MappingFeatures.Windows);
        bool free = options.Features.HasFlag(MappingFeatures.FreeColumns);
        var all = new[]
        {
            new HeapSearchOptions(8, 1.6f, Prices, 0.70f, 0.4f, beam, free, windows),
            new HeapSearchOptions(5, 1.6f, Prices, 0.62f, 0.4f, beam, free, windows),
            new HeapSearchOptions(4, 1.45f, Prices, 0.78f, 0.4f, beam, free, windows),
        };
        return options.Features.HasFlag(MappingFeatures.SeveralTries) ? all : new[] { all[0] };
    }

    public static SharingOptions Sharing(MappingOptions options) =>
        new(0.45, 0.75, 2, options.Effort <= 1 ? 8 : 24, options.Features.HasFlag(MappingFeatures.Windows));
}
