using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Constants of the graph as numbers with fraction bits.</summary>
internal static class Constants
{
    public static ScaledConstants Of(IntegerTensor tensor)
    {
        var fractionBits = new int[tensor.Raw.Length];
        for (var e = 0; e < fractionBits.Length; e++)
        {
            fractionBits[e] = tensor.Format[e].FractionBits;
        }

        return new ScaledConstants(tensor.Raw.Items, fractionBits);
    }

    public static ScaledConstants? OfOptional(IntegerTensor? tensor) => tensor is null ? null : Of(tensor);

    /// <summary>The same number everywhere.</summary>
    public static ScaledConstants Uniform(int count, long raw, int fractionBits)
    {
        var raws = new long[count];
        var bits = new int[count];
        for (var e = 0; e < count; e++)
        {
            raws[e] = raw;
            bits[e] = fractionBits;
        }

        return new ScaledConstants(raws, bits);
    }
}
