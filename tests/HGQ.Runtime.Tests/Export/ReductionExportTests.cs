using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Export;
using HGQ.Runtime.Layers;
using Padding = HGQ.Runtime.Layers.Padding;

namespace HGQ.Runtime.Tests.Export;

public class ReductionExportTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, -2)]
    public void Sums_and_means_over_dimensions(bool keep, int shift)
    {
        ModelGraph graph = ExportCheck.Sequential([4, 3, 2], new HSum([1, -1], keep, shift, name: "s"), new PFlatten(), new HDense(2));
        Assert.Equal(shift == 0 ? 0 : 1, graph.Layers.OfType<ShiftLayer>().Count());
    }

    [Fact]
    public void Largest_elements_over_dimensions() =>
        ExportCheck.Sequential([4, 3], new PReduceMax([1], name: "m"), new HDense(2));

    [Fact]
    public void Element_wise_extrema()
    {
        var x = new HInput([4, 3], "x");
        HLayer q = new HQuantize(name: "q").On(x), d = new HDense(3, name: "d").On(q);
        HLayer high = new HMaximum(name: "high").On(q, d), low = new HMinimum(name: "low").On(high, d);
        ModelGraph graph = ExportCheck.Graph(x, low, high);
        Assert.Equal([ReductionKind.Max, ReductionKind.Min], graph.Layers.OfType<ExtremumLayer>().Select(static l => l.Kind).Order());
    }

    [Fact]
    public void Batch_norm_on_its_own_is_a_factor_and_an_offset()
    {
        ModelGraph graph = ExportCheck.Sequential([3, 4], new HBatchNormalization(name: "n"), new HDense(2));
        Assert.Equal(4, graph.Layers.OfType<ScaleOffsetLayer>().Single().Scale.Raw.Length);
    }

    [Fact]
    public void Dense_on_any_dimension_costs_permutations_only()
    {
        ModelGraph graph = ExportCheck.Sequential([3, 4, 2], new HDenseOnAxis(1, new HDense(5), "d"));
        Assert.Equal(["d_in", "d"], graph.Layers.OfType<PermuteLayer>().Select(static l => l.Name));
        ExportCheck.Sequential([3, 4], new HDenseOnAxis(-1, new HDense(5), "d"));
    }

    [Theory]
    [InlineData(3, 2, Padding.Same)]
    [InlineData(5, 5, Padding.Valid)]
    public void A_mean_on_no_grid_is_rounded_by_the_quantizer_behind_it(int size, int stride, Padding padding)
    {
        ModelGraph graph = ExportCheck.Sequential([10, 2], new PAvgPool1D([size], [stride], padding, "p"), new HQuantize(name: "r"), new PFlatten(), new HDense(3));
        HGQ.Model.Graph.PoolLayer pool = graph.Layers.OfType<HGQ.Model.Graph.PoolLayer>().Single();
        Assert.Equal("r", pool.Name);
        Assert.NotNull(pool.Quantizer);
        ExportCheck.Sequential([3, 3, 2], new PGlobalAvgPool2D("g"), new HQuantize(name: "r"), new HDense(3));
    }

    [Fact]
    public void A_mean_on_no_grid_that_something_else_reads_is_refused_by_name()
    {
        using var model = new HgqSequential([6, 1], new HQuantize(), new PAvgPool1D([3], name: "thirds"), new PFlatten());
        var e = Assert.Throws<ExportException>(() => ExportCheck.Export(model));
        Assert.Equal("thirds", e.Layer);
        Assert.Contains("3 elements", e.Message, StringComparison.Ordinal);
        Assert.Contains("HQuantize", e.Message, StringComparison.Ordinal);
    }
}
