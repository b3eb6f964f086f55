using HGQ.Runtime.Data;

namespace HGQ.Runtime.Trimming;

/// <summary>A chain on all its rows: every value and every sum, so that a change costs only what it changes.</summary>
internal abstract class ChainState
{
    /// <summary>A change whose loss grew too much to be worth a closer look.</summary>
    public const double Rejected = double.PositiveInfinity;

    /// <summary>Mean loss of the rows.</summary>
    public abstract double Loss { get; }

    /// <summary>Computes everything anew.</summary>
    public abstract void Recompute();

    /// <summary>What a change does to the mean loss; <see cref="Rejected"/> where that soon is far more than <paramref name="limit"/>.</summary>
    public abstract double Try(in TrimMove move, double limit);

    /// <summary>Makes a change. The chain itself is the caller's to change.</summary>
    public abstract void Commit(in TrimMove move);

    /// <summary>Smallest and largest value of a channel over all rows.</summary>
    public abstract (double Low, double High) Range(int quantizer, int channel);

    /// <summary>The same after the change that was tried last; null where that did not touch the channel.</summary>
    public abstract (double Low, double High)? TriedRange(int quantizer, int channel);

    /// <summary>An output of the model for a row.</summary>
    public abstract double Output(int row, int output);

    /// <summary>Prepares a chain for some rows in float32 where that holds all its sums exactly, else in float64.</summary>
    /// <exception cref="TrimException">A layer has sums that float64 can't hold.</exception>
    public static ChainState Create(DenseChain chain, SampleSet samples)
    {
        var single = new ChainState<float>(chain, samples);
        single.Recompute();
        if (ExactChainSums.FirstBeyond(chain, single.Range, ExactChainSums.SingleBits) is null)
        {
            return single;
        }

        var wide = new ChainState<double>(chain, samples);
        wide.Recompute();
        return ExactChainSums.FirstBeyond(chain, wide.Range, ExactChainSums.DoubleBits) is { } layer
            ? throw new TrimException(layer, "its sums have more than 51 bits")
            : wide;
    }
}
