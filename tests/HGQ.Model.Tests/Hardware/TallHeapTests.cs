using System;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Hardware.Mapping;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>Sums with more bits in a column than a byte counts, which is what the search counts in.</summary>
public sealed class TallHeapTests
{
    [Theory]
    [InlineData(256, MappingFeatures.All)]
    [InlineData(600, MappingFeatures.All)]
    [InlineData(600, MappingFeatures.All & ~MappingFeatures.Sharing)]
    public void Sums_of_hundreds_of_equal_weights_are_right(int inputs, MappingFeatures features)
    {
        // Two sums have all but a few terms in common, so sharing looks at a part as tall as they are.
        int[][] rows = [Repeat(inputs, n => 1), Repeat(inputs, n => n < 3 ? -1 : 1), Repeat(inputs, n => n % 2 == 0 ? 3 : -3)];
        string json = JsonSerializer.Serialize(new
        {
            input_formats = Enumerable.Repeat<int[]>([0, 1, 0], inputs),
            matrix = new { data = Enumerable.Range(0, inputs).SelectMany(n => rows.Select(row => (double)row[n])) },
        });
        using var document = JsonDocument.Parse(json);

        NetlistTests.AssertEqual(RecordedNetworks.Matrix(document.RootElement), 1, new MappingOptions(1, Features: features));
    }

    private static int[] Repeat(int count, Func<int, int> weight) => [.. Enumerable.Range(0, count).Select(weight)];
}
