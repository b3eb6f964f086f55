using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Planning.Costs;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>How many multiples of its sources a product can need.</summary>
internal static class MultipleCount
{
    /// <summary>Those of its weights, but the sources themselves; 0 where none can be kept.</summary>
    public static int In(ConstantProductInstruction product)
    {
        var found = new HashSet<(int, ulong)>();
        if (product.Positions > 1
            || product.TapOffsets.Distinct().Count() < product.TapOffsets.Length
            || product.Weights.Length > CostModel.MostWeightsWithMultiples)
        {
            return 0;
        }

        for (var n = 0; n < product.Weights.Length; n++)
        {
            long weight = product.Weights[n];
            if (weight is < -1 or > 1)
            {
                found.Add((product.TapOffsets[n / product.Outputs], weight < 0 ? 0UL - (ulong)weight : (ulong)weight));
            }
        }

        return found.Count;
    }
}
