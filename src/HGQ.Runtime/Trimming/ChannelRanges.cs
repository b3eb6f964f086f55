using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Trimming;

/// <summary>Smallest and largest value of every channel in every block of rows.</summary>
internal sealed class ChannelRanges
{
    private readonly int _blocks;
    private readonly double[][] _low;
    private readonly double[][] _high;
    private readonly bool[][] _touched;

    /// <summary>Makes room.</summary>
    /// <param name="channels">Channels in front of each layer, and behind the last.</param>
    /// <param name="blocks">Blocks of rows.</param>
    public ChannelRanges(IReadOnlyList<int> channels, int blocks)
    {
        _blocks = blocks;
        _low = [.. channels.Select(n => new double[n * blocks])];
        _high = [.. channels.Select(n => new double[n * blocks])];
        _touched = [.. channels.Select(static n => new bool[n])];
    }

    /// <summary>Whether a channel's range was written since <see cref="Clear"/>.</summary>
    public bool IsTouched(int quantizer, int channel) => _touched[quantizer][channel];

    /// <summary>Forgets which channels were written.</summary>
    public void Clear()
    {
        foreach (bool[] touched in _touched)
        {
            Array.Clear(touched);
        }
    }

    /// <summary>Starts a channel with the ranges of another record.</summary>
    public void Begin(int quantizer, int channel, ChannelRanges source)
    {
        if (!_touched[quantizer][channel])
        {
            _touched[quantizer][channel] = true;
            int first = channel * _blocks;
            Array.Copy(source._low[quantizer], first, _low[quantizer], first, _blocks);
            Array.Copy(source._high[quantizer], first, _high[quantizer], first, _blocks);
        }
    }

    /// <summary>Writes the range of one block.</summary>
    public void Set(int quantizer, int channel, int block, (double Low, double High) range)
    {
        (_low[quantizer][(channel * _blocks) + block], _high[quantizer][(channel * _blocks) + block]) = range;
    }

    /// <summary>The range over all blocks.</summary>
    public (double Low, double High) Of(int quantizer, int channel)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int b = channel * _blocks; b < (channel + 1) * _blocks; b++)
        {
            low = Math.Min(low, _low[quantizer][b]);
            high = Math.Max(high, _high[quantizer][b]);
        }

        return (low, high);
    }

    /// <summary>Takes over what another record has touched.</summary>
    public void Take(ChannelRanges other)
    {
        for (int q = 0; q < _touched.Length; q++)
        {
            for (int c = 0; c < _touched[q].Length; c++)
            {
                if (other._touched[q][c])
                {
                    Array.Copy(other._low[q], c * _blocks, _low[q], c * _blocks, _blocks);
                    Array.Copy(other._high[q], c * _blocks, _high[q], c * _blocks, _blocks);
                }
            }
        }
    }
}
