using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Training.Scores;

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

        double best = front[^1].Score, smallest = Math.Max(WantedErrors.Of(best), double.Epsilon);
        double largest = Math.Min(WantedErrors.Limit(best, LargestErrorRatio), WantedErrors.Of(front[0].Score));
        largest = Math.Max(largest, smallest);
        var chosen = new List<FrontModel>();
        for (int level = 0; level < levels; level++)
        {
            double error = largest * Math.Pow(smallest / largest, level / Math.Max(1.0, levels - 1));
            FrontModel model = front.FirstOrDefault(m => WantedErrors.Of(m.Score) <= error * (1 + 1e-9)) ?? front[^1];
            if (!chosen.Contains(model))
            {
                chosen.Add(model);
            }
        }

        return chosen;
    }
}
