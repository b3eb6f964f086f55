using System;
using System.Linq;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Tests.Data;

public class SplitTests
{
    [Fact]
    public void The_hash_split_has_the_published_first_buckets()
    {
        var split = new MultiplicativeHashSplit();
        Assert.Equal([0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 0, 0, 0, 1, 1], Enumerable.Range(0, 16).Select(split.Bucket));
    }

    [Fact]
    public void A_random_split_is_repeatable_complete_and_stratified()
    {
        Dataset data = Rows(100, static row => row < 20 ? 1 : 0);
        var rule = new RandomSplit(0.2, 0.1, Seed: 7);
        RowSplit split = rule.Split(data);
        Assert.Equal(split.Train, rule.Split(data).Train);
        Assert.NotEqual(split.Train, (rule with { Seed = 8 }).Split(data).Train);
        Assert.Equal(Enumerable.Range(0, 100), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        Assert.Equal((14, 4, 2), (split.Train.Count(IsRare), split.Validation.Count(IsRare), split.Test.Count(IsRare)));
        Assert.Equal((70, 20, 10), (split.Train.Count, split.Validation.Count, split.Test.Count));

        static bool IsRare(int row) => row < 20;
    }

    [Fact]
    public void A_split_without_validation_rows_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RandomSplit(0, 0.2).Split(Rows(10, static r => r % 2)));

    private static Dataset Rows(int count, Func<int, int> labelOf) => new(
        "test",
        new NumericArray(new double[count], [count, 1]),
        [],
        new ClassLabels([.. Enumerable.Range(0, count).Select(labelOf)], ["a", "b"]));
}
