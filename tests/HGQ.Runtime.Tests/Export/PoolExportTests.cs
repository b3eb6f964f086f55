using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Tests.Export;

public class PoolExportTests
{
    [Fact]
    public void Largest_elements_of_windows()
    {
        ExportCheck.Sequential([7, 3], new PMaxPool1D([3], [2]), new HDense(2));
        ExportCheck.Sequential([5, 7, 2], new PMaxPool2D([2, 3], padding: Padding.Same), new HConv2D(new ConvOptions(3, [2])));
    }

    [Fact]
    public void Means_of_windows()
    {
        ExportCheck.Sequential([8, 3], new PAvgPool1D([4], [2]), new HDense(2));
        ExportCheck.Sequential([5, 7, 2], new PAvgPool2D([2], padding: Padding.Same), new HDense(2));

        // Windows of three at an edge hold two elements each.
        ExportCheck.Sequential([2, 3], new PAvgPool1D([3], [1], Padding.Same), new HDense(2));
    }

    [Fact]
    public void Global_pools_lose_the_dimensions_that_they_cover()
    {
        ModelGraph graph = ExportCheck.Sequential([5, 4], new PGlobalMaxPool1D("all"), new HDense(2));
        Assert.Equal(["x", "q", "all.window", "all"], graph.Layers.Take(4).Select(static l => l.Name));
        ExportCheck.Sequential([3, 5, 4], new PGlobalMaxPool2D(), new HDense(2));
        ExportCheck.Sequential([8, 4], new PGlobalAvgPool1D(), new HDense(2));
        ExportCheck.Sequential([4, 2, 3], new PGlobalAvgPool2D());
    }

    [Fact]
    public void A_mean_of_three_is_refused_by_name()
    {
        using var model = new HgqSequential([6, 1], new HQuantize(), new PAvgPool1D([3], name: "thirds"));
        var e = Assert.Throws<ExportException>(() => ExportCheck.Export(model));
        Assert.Equal("thirds", e.Layer);
        Assert.Contains("power of two", e.Message);
    }
}
