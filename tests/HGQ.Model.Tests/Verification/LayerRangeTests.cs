using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using HGQ.Testing;

namespace HGQ.Model.Tests.Verification;

/// <summary>What layers were between: y = relu(K·q(x)) with K = [[1,-2],[3,4]]/4, by hand.</summary>
public sealed class LayerRangeTests
{
    private static readonly ModelGraph Model = ModelReader.Read(SmallModel.Text);

    [Fact]
    public void Ranges_are_those_of_the_samples()
    {
        var counter = new OverflowCounter(Model, ranges: true);
        counter.Add([1, -2]);
        counter.Add([2, 1]);

        LayerRange quantized = counter.Ranges.Single(range => range.Layer == "q");
        LayerRange dense = counter.Ranges.Single(range => range.Layer == "d");
        Assert.Equal(new LayerRange("q", -2, 2, -8, 7.9375, 2, 0), quantized);

        // (1 − 6)/4 and (−2 − 8)/4 become 0; (2 + 3)/4 = 1.25, (−4 + 4)/4 = 0: the second element never changes.
        Assert.Equal((0, 1.25, 2, 1), (dense.Least, dense.Greatest, dense.Elements, dense.Unchanged));
        Assert.InRange(dense.HighestLimit, 1.25, 16);
        Assert.Equal(0, dense.LowestLimit);
    }

    [Fact]
    public void They_are_kept_only_where_they_are_asked_for()
    {
        var counter = new OverflowCounter(Model);
        counter.Add([1, -2]);
        Assert.Empty(counter.Ranges);
        Assert.All(new OverflowCounter(Model, ranges: true).Ranges, range => Assert.Equal((0, 0), (range.Least, range.Greatest)));
    }
}
