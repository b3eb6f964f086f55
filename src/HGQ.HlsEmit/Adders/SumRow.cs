using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>A sum that may share adders with others.</summary>
/// <param name="Terms">Its terms, without the constant.</param>
/// <param name="Constant">What is added besides.</param>
/// <param name="Modulus">Bits of the result.</param>
internal sealed record SumRow(IReadOnlyList<SumTerm> Terms, BigInteger Constant, int Modulus)
{
    /// <summary>Terms whose shift leaves something of them.</summary>
    public IEnumerable<SumTerm> Seen => Terms.Where(term => term.Shift < Modulus);

    /// <summary>Summands beside the terms: the constant, where there is one.</summary>
    public int Constants => Constant.IsZero ? 0 : 1;

    /// <summary>What each operand is multiplied by.</summary>
    public Dictionary<int, BigInteger> Weights()
    {
        var weights = new Dictionary<int, BigInteger>();
        foreach (var term in Terms)
        {
            var digit = BigInteger.One << term.Shift;
            weights[term.Id] = weights.GetValueOrDefault(term.Id) + (term.Negative ? -digit : digit);
        }

        return weights;
    }

    /// <summary>Everything it can be.</summary>
    public RawInterval Interval(IReadOnlyList<RawInterval> operands) =>
        Weights().Aggregate(RawInterval.Point(Constant), (sum, entry) => sum + operands[entry.Key].Scale(entry.Value));
}
