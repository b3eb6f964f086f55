using HGQ.Runtime.Optimization;

namespace HGQ.Runtime.Descriptions;

/// <summary>What a description changes of the recipe's learning rates for kinds of parameters.</summary>
internal delegate RateFactors RateChange(RateFactors recipe);

/// <summary>Reads <c>rates</c>: factors of the learning rate; those that are left out keep the recipe's value.</summary>
internal static class RateDescription
{
    private const double MostRate = 1e6;

    /// <summary>Reads the object; null changes nothing.</summary>
    public static RateChange Read(DescriptionObject? member)
    {
        if (member is null)
        {
            return static rates => rates;
        }

        double? weights = member.OptionalNumber("weights", 0, MostRate), biases = member.OptionalNumber("biases", 0, MostRate);
        double? norms = member.OptionalNumber("norms", 0, MostRate);
        double? integerBits = member.OptionalNumber("integerBits", 0, MostRate),
            fractionBits = member.OptionalNumber("fractionBits", 0, MostRate);
        member.Finish();
        return rates => new RateFactors(
            weights ?? rates.Weights, biases ?? rates.Biases, norms ?? rates.Norms, integerBits ?? rates.IntegerBits,
                fractionBits ?? rates.FractionBits);
    }
}
