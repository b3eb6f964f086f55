using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Data;

/// <summary>The check values of the fixed recipe, §1: anyone who follows it gets these rows.</summary>
public class RecipeDataGoldenTests
{
    [GoldenTheory]
    [InlineData("letter", new[] { 12000, 4000, 4000 }, new[] { -0.01022904f, 0.5950999f, -0.06063977f, 0.7159345f },
        new[] { 7, 7, 5, 13, 17, 12, 3, 21 }, new[] { 15, 18, 18, 7, 3, 4, 24, 8 }, new[] { 25, 0, 10, 3, 21, 12, 24, 11 })]
    [InlineData("pendigits", new[] { 6594, 2197, 2201 }, new[] { -1.1323549f, 0.9159210f, -1.2795962f, 0.4259622f },
        new[] { 4, 1, 6, 4, 0, 5, 0, 9 }, new[] { 2, 1, 7, 3, 4, 8, 7, 5 }, new[] { 8, 8, 5, 9, 6, 4, 0, 4 })]
    public void Tables_are_split_and_standardised_as_published(
        string name, int[] counts, float[] firstRow, int[] train, int[] validation, int[] test)
    {
        var options = new DataOptions { Target = "target" };
        Dataset data = DatasetLoader.Load(SharedVectors.Find("data", name, name + ".tsv.gz"), options).Data;
        RowSplit split = new MultiplicativeHashSplit().Split(data);
        Assert.Equal(counts, new[] { split.Train.Count, split.Validation.Count, split.Test.Count });
        float[] row = data.Prepare([split.Train[0]], FeatureScaling.Standardize(data, split.Train));
        for (int i = 0; i < firstRow.Length; i++)
        {
            // Published to seven significant digits.
            Assert.Equal(firstRow[i], row[i], tolerance: 6e-8f);
        }

        Assert.Equal(train, FirstLabels(data, split.Train));
        Assert.Equal(validation, FirstLabels(data, split.Validation));
        Assert.Equal(test, FirstLabels(data, split.Test));
    }

    [GoldenFact]
    public void Mnist_is_read_and_split_as_published()
    {
        LoadedData loaded = DatasetLoader.Load(SharedVectors.Find("data", "mnist"), new DataOptions());
        RowSplit split = new MultiplicativeHashSplit(TestBucket: null).Split(loaded.Data);
        Assert.Equal((48002, 11998, 10000), (split.Train.Count, split.Validation.Count, loaded.Test!.Count));
        Assert.Equal([28, 28], loaded.Data.SampleShape);
        Assert.Equal([5, 1, 9, 2, 1, 3, 1, 4], FirstLabels(loaded.Data, split.Train));
        Assert.Equal([0, 4, 1, 7, 3, 2, 1, 8], FirstLabels(loaded.Data, split.Validation));
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9], FirstLabels(loaded.Test, [.. Enumerable.Range(0, 8)]));
        float[] first = loaded.Data.Prepare([0], FeatureScaling.Divide(255));
        Assert.Equal(1f, first.Max());
    }

    private static IEnumerable<int> FirstLabels(Dataset data, IReadOnlyList<int> rows) =>
        rows.Take(8).Select(row => Assert.IsType<ClassLabels>(data.Target).Labels[row]);
}
