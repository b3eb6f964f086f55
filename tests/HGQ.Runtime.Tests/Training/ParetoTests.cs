using System.Collections.Generic;
using System.Linq;
using CsCheck;
using HGQ.Runtime.Training.Pareto;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

public class ParetoTests
{
    private static readonly Gen<ParetoPoint[]> Points =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], static (c, s) => new ParetoPoint(c, s)).Array[0, 40];

    [Fact]
    public void Fronts_are_peeled_one_after_the_other()
    {
        ParetoPoint[] points = [new(3, 3), new(1, 1), new(2, 1), new(2, 2), new(3, 2), new(4, 3), new(5, 0), new(1, 1)];
        IReadOnlyList<IReadOnlyList<int>> fronts = ParetoFronts.Peel(points, 3);
        Assert.Equal([[1, 7, 3, 0], [2, 4, 5], [6]], fronts);
        Assert.Equal([1, 3, 0], ParetoFronts.First(points));
    }

    [Fact]
    public void Peeling_agrees_with_the_definition() => Points.Holds(static points =>
    {
        List<int> rest = [.. Enumerable.Range(0, points.Length)];
        foreach (IReadOnlyList<int> front in ParetoFronts.Peel(points, 4))
        {
            int[] expected = [.. rest.Where(i => !rest.Any(j => points[j].Dominates(points[i])))];
            Assert.Equal(expected, front.Order());
            rest.RemoveAll(expected.Contains);
        }
    });

    [Fact]
    public void An_archive_that_forgets_at_once_ends_with_the_fronts_of_all_points() => Points.Holds(static points =>
    {
        var archive = new ParetoArchive<int>(3);
        for (int i = 0; i < points.Length; i++)
        {
            bool accepts = archive.Accepts(points[i]);
            archive.Add(points[i], i);
            Assert.Equal(accepts, archive.Entries.Any(e => e.Item == i));
        }

        Assert.Equal(ParetoFronts.Peel(points, 3).SelectMany(static f => f).Order(), archive.Entries.Select(static e => e.Item).Order());
    });
}
