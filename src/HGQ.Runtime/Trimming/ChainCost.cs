using System;
using System.Linq;

namespace HGQ.Runtime.Trimming;

/// <summary>What a chain costs, and what a change of a width or of a weight would change about it.</summary>
internal sealed class ChainCost
{
    private readonly DenseChain _chain;
    private readonly TrimCost _cost;
    private readonly double[][] _rows;

    public ChainCost(DenseChain chain, TrimCost cost)
    {
        (_chain, _cost) = (chain, cost);
        _rows = [.. chain.Layers.Select(static l => new double[l.Inputs])];
        Count();
    }

    /// <summary>Cost of the whole chain.</summary>
    public double Total => Enumerable.Range(0, _rows.Length).Sum(l => _rows[l].Select((row, i) => row * _chain.Before(l).Width(i)).Sum());

    /// <summary>Cost of one more bit of an input of a layer.</summary>
    public double OfBit(int layer, int input) => _rows[layer][input];

    /// <summary>Cost of a weight for each bit of its input.</summary>
    public double OfWeight(double weight) => weight == 0 ? 0 : _cost.OfWeight(weight);

    /// <summary>Counts all rows anew.</summary>
    public void Count()
    {
        for (int l = 0; l < _rows.Length; l++)
        {
            for (int i = 0; i < _rows[l].Length; i++)
            {
                CountRow(l, i);
            }
        }
    }

    /// <summary>Counts the weights of an input of a layer anew.</summary>
    public void CountRow(int layer, int input)
    {
        ChainLayer l = _chain.Layers[layer];
        double sum = 0;
        for (int o = 0; o < l.Outputs; o++)
        {
            sum += OfWeight(l.Weight(input, o));
        }

        // Bits that nobody reads cost nothing; those of the input port are given.
        _rows[layer][input] = sum == 0 ? 0 : sum + (layer == 0 ? 0 : _cost.ActivationBit);
    }

    /// <summary>What the ranges that a tried change left behind cost more than those before.</summary>
    /// <param name="state">The rows.</param>
    /// <param name="from">First layer whose inputs may have changed.</param>
    public double OfRanges(ChainState state, int from)
    {
        double change = 0;
        for (int l = Math.Max(from, 1); l < _rows.Length; l++)
        {
            ChainQuantizer quantizer = _chain.Before(l);
            for (int i = 0; quantizer.IsTraced && i < _rows[l].Length; i++)
            {
                if (_rows[l][i] > 0 && !quantizer.IsRemoved(i) && state.TriedRange(l, i) is var (low, high))
                {
                    change += _rows[l][i] * (quantizer.WidthOf(i, quantizer.Formats[i].FractionBits, low, high) - quantizer.Width(i));
                }
            }
        }

        return change;
    }
}
