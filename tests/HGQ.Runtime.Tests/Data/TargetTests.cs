using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

public class TargetTests
{
    [Fact]
    public void Classes_are_ranked_by_number_where_all_are_numbers()
    {
        var labels = Assert.IsType<ClassLabels>(Load("a,y\n1,10\n2,9\n3,10\n4,9\n").Target);
        Assert.Equal([1, 0, 1, 0], labels.Labels);
        Assert.Equal(["9", "10"], labels.ClassNames);
    }

    [Fact]
    public void Classes_are_ranked_by_text_otherwise()
    {
        var labels = Assert.IsType<ClassLabels>(Load("a,y\n1,b\n2,a\n3,B\n4,a\n5,b\n6,B\n").Target);
        Assert.Equal(["B", "a", "b"], labels.ClassNames);
        Assert.Equal([2, 1, 0, 1, 2, 0], labels.Labels);
    }

    [Fact]
    public void Fractions_or_many_distinct_values_are_a_regression()
    {
        Assert.Equal([0.5, 2], Assert.IsType<RealTargets>(Load("a,y\n1,0.5\n2,2\n").Target).Values);
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i}\n"));
        Assert.IsType<RealTargets>(Load("a,y\n" + rows).Target);
    }

    [Theory]
    [InlineData("a,y\n1,x\n2,x\n", null, "the one class \"x\" in \"y\"")]
    [InlineData("a,y\n1,x\n2,z\n3,w\n", null, "3 classes in \"y\" for 3 rows")]
    [InlineData("a,y\n1,1\n2,2\n3,3\n", LearningTask.Classification, "3 classes in \"y\" for 3 rows")]
    [InlineData("a,y\n1,1\n2,x\n3,3\n", LearningTask.Regression, "\"x\"")]
    public void Targets_that_nothing_can_be_learned_from_are_refused(string text, LearningTask? task, string found) =>
        Assert.Equal(found, Assert.Throws<DataFormatException>(() => Load(text, task)).Found);

    [Fact]
    public void A_constant_column_is_kept_with_a_warning_and_becomes_zero()
    {
        Dataset data = Load("a,c,y\n1,7,0\n2,7,1\n3,7,0\n4,7,1\n");
        Assert.Contains("column \"c\" is 7 in all 4 rows", Assert.Single(data.Warnings));
        FeatureScaling scaling = FeatureScaling.Standardize(data, [0, 1]);
        Assert.Equal([1.5, 7], scaling.Mean);
        Assert.Equal([0.5, 1], scaling.Scale);
        Assert.Equal([5f, 0f], data.Prepare([3], scaling));
    }

    [Fact]
    public void A_target_must_be_named_and_there()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("t.csv");
        System.IO.File.WriteAllText(path, "a,y\n1,2\n");
        Assert.Equal("Name one of: a, y (--target).", Assert.Throws<DataFormatException>(() => DatasetLoader.Load(path, new DataOptions())).Remedy);
        Assert.Equal(
            "a target column \"z\"",
            Assert.Throws<DataFormatException>(() => DatasetLoader.Load(path, new DataOptions { Target = "z" })).Expected);
    }

    private static Dataset Load(string text, LearningTask? task = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("t.csv");
        System.IO.File.WriteAllText(path, text);
        return DatasetLoader.Load(path, new DataOptions { Target = "y", Task = task }).Data;
    }
}
