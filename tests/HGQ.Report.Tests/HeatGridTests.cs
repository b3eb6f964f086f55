using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Report.Charts;
using HGQ.Report.Pictures;

namespace HGQ.Report.Tests;

/// <summary>Which element is which cell of a heat map.</summary>
public sealed class HeatGridTests
{
    [Fact]
    public void The_longer_side_of_weights_lies_across()
    {
        HeatGrid wide = HeatGrid.Of(new LayerWeights(2, 3, new[] { 1, 2, 3, 4, 5, 6 }));
        Assert.Equal((2, 3), (wide.Rows, wide.Columns));
        Assert.Equal([1, 2, 3, 4, 5, 6], wide.Bits);
        HeatGrid turned = HeatGrid.Of(new LayerWeights(3, 2, new[] { 1, 2, 3, 4, 5, 6 }));
        Assert.Equal((2, 3), (turned.Rows, turned.Columns));
        Assert.Equal([1, 3, 5, 2, 4, 6], turned.Bits);
    }

    [Fact]
    public void Tensors_are_rows_tables_or_channels_side_by_side()
    {
        int[] bits = [.. Enumerable.Range(0, 12)];
        Assert.Equal((1, 12), Size(HeatGrid.Of(TensorShape.Of(12), bits)));
        Assert.Equal((3, 4), Size(HeatGrid.Of(TensorShape.Of(3, 4), bits)));
        Assert.Equal((3, 4), Size(HeatGrid.Of(TensorShape.Of(3, 4, 1), bits)));
        HeatGrid channels = HeatGrid.Of(TensorShape.Of(2, 3, 2), bits);
        Assert.Equal((2, 6), Size(channels));
        Assert.Equal([0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11], channels.Bits);
    }

    [Fact]
    public void A_long_row_is_wrapped_and_its_end_is_no_cell()
    {
        HeatGrid grid = HeatGrid.Of(TensorShape.Of(100), [.. Enumerable.Repeat(3, 100)]);
        Assert.Equal((2, 64), Size(grid));
        Assert.Equal(100, grid.Bits.Count(static b => b == 3));
        Assert.Equal(["3"], HeatScale.Legend(grid.Bits).Select(static entry => entry.Text));
    }

    [Fact]
    public void A_map_of_too_many_cells_shows_means_rounded_up()
    {
        int[] bits = [.. Enumerable.Range(0, 300 * 301).Select(static n => n == 0 ? 1 : n % 301 == 300 ? 7 : 0)];
        HeatGrid grid = new HeatGrid(300, 301, bits, "x").Reduced();
        Assert.Equal((150, 151), Size(grid));
        Assert.Equal((1, 0, 7), (grid.Bits[0], grid.Bits[1], grid.Bits[150]));
        Assert.Contains("mean of 2 × 2", grid.Meaning);
    }

    [Fact]
    public void Cells_of_one_width_beside_each_other_are_one_step_of_the_path()
    {
        Figure map = HeatMap.Draw("map", new HeatGrid(2, 4, [2, 2, 0, 2, 9, 10, 1, 1], "x"));
        Assert.Contains("<path class=\"h2\" d=\"M0 0h2v1h-2zM3 0h1v1h-1z\"/>", map.Picture.Text);
        Assert.Contains("<path class=\"h9\" d=\"M0 1h2v1h-2z\"/>", map.Picture.Text);
        Assert.Equal(["0 bits", "1", "2", "9–10"], map.Legend.Select(static entry => entry.Text));
    }

    private static (int Rows, int Columns) Size(HeatGrid grid) => (grid.Rows, grid.Columns);
}
