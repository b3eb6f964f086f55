using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>
/// Sums intervals times constants exactly. Small numbers stay in 64 bits, since a model of a megabyte has some hundred thousand
/// terms and is lowered inside the compiler; what does not fit spills into big integers.
/// </summary>
internal struct RangeSum
{
    private const long Small = 1L << 31;
    private long _low;
    private long _high;
    private BigInteger _wideLow;
    private BigInteger _wideHigh;

    /// <summary>The interval of all sums.</summary>
    public readonly RawInterval Interval => new(_wideLow + _low, _wideHigh + _high);

    /// <summary>Adds a constant.</summary>
    public void Add(BigInteger value)
    {
        _wideLow += value;
        _wideHigh += value;
    }

    /// <summary>Adds weight · [low, high].</summary>
    public void Add(long weight, in RawInterval range)
    {
        if (weight > -Small && weight < Small && range.Low > -Small && range.High < Small)
        {
            AddSmall(weight, (long)range.Low, (long)range.High);
        }
        else
        {
            var term = range.Scale(weight);
            _wideLow += term.Low;
            _wideHigh += term.High;
        }
    }

    /// <summary>Adds weight · [low, high] where all three are below 2^31 in magnitude.</summary>
    public void AddSmall(long weight, long low, long high)
    {
        long a = weight * low, b = weight * high;
        Accumulate(ref _low, ref _wideLow, weight < 0 ? b : a);
        Accumulate(ref _high, ref _wideHigh, weight < 0 ? a : b);
    }

    /// <summary>Whether a number may be given to <see cref="AddSmall"/>.</summary>
    public static bool IsSmall(BigInteger value) => value > -Small && value < Small;

    private static void Accumulate(ref long sum, ref BigInteger wide, long term)
    {
        long next = unchecked(sum + term);
        if (((sum ^ next) & (term ^ next)) < 0)
        {
            wide += sum;
            next = term;
        }

        sum = next;
    }
}
