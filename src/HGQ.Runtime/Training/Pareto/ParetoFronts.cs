using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Training.Pareto;

/// <summary>Fronts of points that no other point dominates, peeled one after the other.</summary>
public static class ParetoFronts
{
    /// <summary>Peels fronts: the first holds every point that none dominates, the second those of the rest, and so on.</summary>
    /// <param name="points">The points.</param>
    /// <param name="fronts">How many fronts to peel at most.</param>
    /// <returns>Indices into <paramref name="points"/>, a list a front, by rising cost; equal points are in the same front.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Peel(IReadOnlyList<ParetoPoint> points, int fronts)
    {
        ArgumentNullException.ThrowIfNull(points);
        List<int> rest = [.. Enumerable.Range(0, points.Count)
            .OrderBy(i => points[i].Cost).ThenByDescending(i => points[i].Score).ThenBy(static i => i)];
        var peeled = new List<IReadOnlyList<int>>();
        while (peeled.Count < fronts && rest.Count > 0)
        {
            var front = new List<int>();
            var dominated = new List<int>();
            foreach (int i in rest)
            {
                bool free = front.Count == 0 || points[i].Score > points[front[^1]].Score || points[i] == points[front[^1]];
                (free ? front : dominated).Add(i);
            }

            peeled.Add(front);
            rest = dominated;
        }

        return peeled;
    }

    /// <summary>The first front, one point of equal ones (the first given).</summary>
    public static IReadOnlyList<int> First(IReadOnlyList<ParetoPoint> points)
    {
        var front = new List<int>();
        foreach (int i in Peel(points, 1).SelectMany(static f => f))
        {
            if (front.Count == 0 || points[front[^1]] != points[i])
            {
                front.Add(i);
            }
        }

        return front;
    }
}
