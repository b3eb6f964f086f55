using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Products;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>Instructions of straight-line code on one vector of samples.</summary>
internal static class StraightLineCost
{
    /// <summary>Additions of groups, and the multiples that they form.</summary>
    /// <param name="groups">Groups that keep multiples for each other.</param>
    /// <param name="kept">What they keep.</param>
    /// <param name="multiple">Instructions of a multiple.</param>
    public static double Of(IReadOnlyList<UnrolledGroup> groups, MultipleCache kept, double multiple)
        => groups.Select((group, number) => group.Additions + (Formed(group, kept, number) * multiple)).Sum();

    private static int Formed(UnrolledGroup group, MultipleCache kept, int number) => group.Sources.Sum(source
        => group.FactorsOf(source).Concat(kept.FormedBy(number, source)).Distinct()
            .Count(factor => factor != 1 && !kept.IsKeptBefore(number, source, factor)));
}
