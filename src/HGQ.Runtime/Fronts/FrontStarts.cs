using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Fronts;

/// <summary>Chooses the models of a front that are worth a closer look.</summary>
internal static class FrontStarts
{
    // Beyond this multiple of the smallest error a model is hardly wanted.
    private const double LargestErrorRatio = 6;

    /// <summary>
    /// The cheapest model at each of some levels of the error, evenly spread on a logarithmic scale from the smallest one upwards.
    /// </summary>
    /// <param name="front">The front by rising EBOPs.</param>
    /// <param name="levels">Number of levels.</param>
    /// <returns>Models by rising EBOPs, none twice.</returns>
    public static IReadOnlyList<FrontModel> Of(IReadOnlyList<FrontModel> front, int levels)
    {
        if (front.Count == 0)
        {
            return [];
        }

        // A score is an accuracy or a negative error: one of the two tells which by its sign.
        double best = front[^1].Score, smallest = Math.Max(ErrorOf(best), double.Epsilon);
        double largest = Math.Min(LargestErrorRatio * smallest, ErrorOf(front[0].Score));
        var chosen = new List<FrontModel>();
        for (int level = 0; level < levels; level++)
        {
            double error = largest * Math.Pow(smallest / largest, level / Math.Max(1.0, levels - 1));
            FrontModel model = front.FirstOrDefault(m => ErrorOf(m.Score) <= error * (1 + 1e-9)) ?? front[^1];
            if (!chosen.Contains(model))
            {
                chosen.Add(model);
            }
        }

        return chosen;
    }

    private static double ErrorOf(double score) => score < 0 ? -score : 1 - score;
}
