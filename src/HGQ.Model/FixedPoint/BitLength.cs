using System.Numerics;

namespace HGQ.Model.FixedPoint;

/// <summary>Counts the bits of magnitudes; netstandard2.0 has neither BigInteger.GetBitLength nor BitOperations.</summary>
internal static class BitLength
{
    /// <summary>Position of the highest set bit plus one; 0 for 0.</summary>
    public static int Of(ulong magnitude)
    {
        int bits = 0;
        for (int step = 32; step > 0; step >>= 1)
        {
            if (magnitude >> step != 0)
            {
                magnitude >>= step;
                bits += step;
            }
        }

        return magnitude == 0 ? bits : bits + 1;
    }

    /// <summary>Position of the highest set bit of a number that isn't negative, plus one; 0 for 0.</summary>
    public static int Of(BigInteger magnitude)
    {
        if (magnitude <= ulong.MaxValue)
        {
            return Of((ulong)magnitude);
        }

        byte[] bytes = magnitude.ToByteArray();
        int last = bytes.Length - 1;
        while (bytes[last] == 0)
        {
            last--;
        }

        return (last * 8) + Of(bytes[last]);
    }

    /// <summary>Bits that a two's complement number needs beside its sign: x for x ≥ 0, −x − 1 for x &lt; 0.</summary>
    public static int BesideSign(BigInteger value) => Of(value.Sign < 0 ? -value - 1 : value);
}
