using System;
using System.Linq;
using System.Numerics;
using System.Runtime.Intrinsics;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Trimming;

/// <summary>See <see cref="ChainState"/>; in numbers of one precision, in which every value and every sum is exact.</summary>
internal sealed partial class ChainState<T> : ChainState
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Rows = BlockRows.Size;

    // Blocks are judged one after the other: where the first ones say that a change costs much more than it may, the others are not looked at.
    private const double SlackFactor = 1.2;
    private const double SlackShare = 2e-3;

    private readonly DenseChain _chain;
    private readonly int _rows;
    private readonly int _blocks;
    private readonly int[] _channels;
    private readonly BlockLoss<T> _loss;
    private readonly double[] _blockLoss;
    private readonly T[] _raw;
    private readonly T[][] _values;
    private readonly T[][] _sums;
    private readonly T[][] _triedSums;
    private readonly T[] _triedOutputs;
    private readonly T[] _column = new T[Rows];
    private readonly T[] _difference = new T[Rows];
    private readonly bool[][] _changed;
    private readonly T[][] _lossColumns;
    private readonly int[] _lossOffsets;
    private readonly ChannelRanges _ranges;
    private readonly ChannelRanges _tried;

    public ChainState(DenseChain chain, SampleSet samples)
    {
        (_chain, _rows, _blocks) = (chain, samples.Count, BlockRows.Blocks(samples.Count));
        _channels = [.. chain.Layers.Select(static l => l.Inputs), chain.Outputs];
        _loss = BlockLoss<T>.Of(samples, chain.Outputs);
        _blockLoss = new double[_blocks];
        _raw = BlockRows.Columns<T>(samples.Features, samples.Count, chain.Features);
        _values = [.. _channels.Select(n => new T[_blocks * n * Rows])];
        _sums = [.. _channels.Skip(1).Select(n => new T[_blocks * n * Rows])];
        _triedSums = [.. _channels.Skip(1).Select(static n => new T[n * Rows])];
        _triedOutputs = new T[chain.Outputs * Rows];
        _changed = [.. _channels.Skip(1).Select(static n => new bool[n])];
        (_lossColumns, _lossOffsets) = (new T[chain.Outputs][], new int[chain.Outputs]);
        _ranges = new ChannelRanges(_channels, _blocks);
        _tried = new ChannelRanges(_channels, _blocks);
    }

    /// <inheritdoc/>
    public override double Loss => _blockLoss.Sum() / _rows;

    private int Last => _sums.Length - 1;

    /// <inheritdoc/>
    public override void Recompute()
    {
        for (int b = 0; b < _blocks; b++)
        {
            for (int l = 0; l < _sums.Length; l++)
            {
                for (int c = 0; c < _channels[l]; c++)
                {
                    _ranges.Set(l, c, b, Channel(l, b, c, l == 0 ? _raw : _sums[l - 1], ValueAt(l, b, c), _chain.Before(l).Formats[c], _values[l], ValueAt(l, b, c)));
                }

                Sum(l, b);
            }

            for (int o = 0; o < _chain.Outputs; o++)
            {
                _ranges.Set(Last + 1, o, b, Output(b, o, _sums[Last], ValueAt(Last + 1, b, o), _values[Last + 1], ValueAt(Last + 1, b, o)));
            }

            Array.Clear(_changed[Last]);
            _blockLoss[b] = LossOf(b);
        }
    }

    /// <inheritdoc/>
    public override double Try(in TrimMove move, double limit)
    {
        _tried.Clear();
        double sum = 0;
        int seen = 0;
        double slack = SlackShare * Loss;
        for (int b = 0; b < _blocks; b++)
        {
            sum += Change(move, b, commit: false) - _blockLoss[b];
            seen += BlockRows.Valid(_rows, b);
            if (b + 1 < _blocks && sum / seen > limit + (SlackFactor * Math.Abs(limit)) + (slack / Math.Sqrt(b + 1)))
            {
                return Rejected;
            }
        }

        return sum / _rows;
    }

    /// <inheritdoc/>
    public override void Commit(in TrimMove move)
    {
        _tried.Clear();
        for (int b = 0; b < _blocks; b++)
        {
            _blockLoss[b] = Change(move, b, commit: true);
        }

        _ranges.Take(_tried);
    }

    /// <inheritdoc/>
    public override (double Low, double High) Range(int quantizer, int channel) => _ranges.Of(quantizer, channel);

    /// <inheritdoc/>
    public override (double Low, double High)? TriedRange(int quantizer, int channel) =>
        _tried.IsTouched(quantizer, channel) ? _tried.Of(quantizer, channel) : null;

    /// <inheritdoc/>
    public override double Output(int row, int output) =>
        double.CreateTruncating(_values[Last + 1][ValueAt(Last + 1, row / Rows, output) + (row % Rows)]);

    private int ValueAt(int quantizer, int block, int channel) => ((block * _channels[quantizer]) + channel) * Rows;

    private void Sum(int l, int b)
    {
        ChainLayer layer = _chain.Layers[l];
        for (int o = 0; o < layer.Outputs; o++)
        {
            int at = ValueAt(l + 1, b, o);
            _sums[l].AsSpan(at, Rows).Fill(T.CreateTruncating(layer.Bias[o]));
            for (int i = 0; i < layer.Inputs; i++)
            {
                if (layer.Weight(i, o) != 0)
                {
                    SetSum(_sums[l], at, T.CreateTruncating(layer.Weight(i, o)), _values[l], ValueAt(l, b, i), _sums[l], at);
                }
            }
        }
    }

    // Puts the changed sums of a block beside the old ones, follows them to the outputs and returns the block's loss.
    private double Change(in TrimMove move, int b, bool commit)
    {
        ChainLayer layer = _chain.Layers[move.Layer];
        Array.Clear(_changed[move.Layer]);
        int l = move.Layer, to = move.Output * Rows;
        switch (move.Kind)
        {
            case MoveKind.Weight:
                T difference = T.CreateTruncating(move.Value - layer.Weight(move.Input, move.Output));
                SetSum(_sums[l], ValueAt(l + 1, b, move.Output), difference, _values[l], ValueAt(l, b, move.Input), _triedSums[l], to);
                _changed[l][move.Output] = true;
                break;
            case MoveKind.Bias:
                T shift = T.CreateTruncating(move.Value - layer.Bias[move.Output]);
                SetShifted(_sums[l], ValueAt(l + 1, b, move.Output), shift, _triedSums[l], to);
                _changed[l][move.Output] = true;
                break;
            case MoveKind.Format:
                FixedPointFormat format = _chain.Before(l).Formats[move.Input] with { FractionBits = move.FractionBits, IntegerBits = move.IntegerBits };
                _tried.Begin(l, move.Input, _ranges);
                _tried.Set(l, move.Input, b, Channel(l, b, move.Input, l == 0 ? _raw : _sums[l - 1], ValueAt(l, b, move.Input), format, _column, 0));
                Spread(l, b, move.Input, commit);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "There is no such move.");
        }

        return Follow(l, b, commit);
    }

    private double Follow(int from, int b, bool commit)
    {
        for (int l = from; l < Last; l++)
        {
            Array.Clear(_changed[l + 1]);
            for (int c = 0; c < _channels[l + 1]; c++)
            {
                if (_changed[l][c])
                {
                    _tried.Begin(l + 1, c, _ranges);
                    _tried.Set(l + 1, c, b, Channel(l + 1, b, c, _triedSums[l], c * Rows, _chain.Before(l + 1).Formats[c], _column, 0));
                    Spread(l + 1, b, c, commit);
                }
            }

            Keep(l, b, commit);
        }

        for (int o = 0; o < _chain.Outputs; o++)
        {
            if (_changed[Last][o])
            {
                _tried.Begin(Last + 1, o, _ranges);
                _tried.Set(Last + 1, o, b, Output(b, o, _triedSums[Last], o * Rows, _triedOutputs, o * Rows));
            }
        }

        double loss = LossOf(b);
        Keep(Last, b, commit);
        for (int o = 0; commit && o < _chain.Outputs; o++)
        {
            if (_changed[Last][o])
            {
                Copy(_triedOutputs, o * Rows, _values[Last + 1], ValueAt(Last + 1, b, o));
            }
        }

        return loss;
    }

    private void Keep(int l, int b, bool commit)
    {
        for (int c = 0; commit && c < _channels[l + 1]; c++)
        {
            if (_changed[l][c])
            {
                Copy(_triedSums[l], c * Rows, _sums[l], ValueAt(l + 1, b, c));
            }
        }
    }

    // Adds what the new values of an input, in _column, change to the sums of a layer.
    private void Spread(int l, int b, int input, bool commit)
    {
        int at = ValueAt(l, b, input);
        bool any = SetDifference(_column, 0, _values[l], at, _difference);
        if (!any)
        {
            return;
        }

        if (commit)
        {
            Copy(_column, 0, _values[l], at);
        }

        ChainLayer layer = _chain.Layers[l];
        for (int o = 0; o < layer.Outputs; o++)
        {
            double weight = layer.Weight(input, o);
            if (weight != 0)
            {
                (T[] source, int from) = _changed[l][o] ? (_triedSums[l], o * Rows) : (_sums[l], ValueAt(l + 1, b, o));
                SetSum(source, from, T.CreateTruncating(weight), _difference, 0, _triedSums[l], o * Rows);
                _changed[l][o] = true;
            }
        }
    }

    private (double Low, double High) Channel(int q, int b, int c, T[] source, int from, FixedPointFormat format, T[] target, int to) =>
        Quantize(source, from, q > 0 && _chain.Layers[q - 1].HasRelu, _chain.Before(q), c, format, target, to);

    private (double Low, double High) Output(int b, int o, T[] source, int from, T[] target, int to)
    {
        ChainLayer layer = _chain.Layers[Last];
        if (layer.Quantizer is { } quantizer)
        {
            return Quantize(source, from, layer.HasRelu, quantizer, o, quantizer.Formats[o], target, to);
        }

        for (int r = 0; r < Rows; r += Lanes)
        {
            Store(layer.HasRelu ? Vector512.Max(Load(source, from + r), default) : Load(source, from + r), target, to + r);
        }

        return (0, 0);
    }

    private double LossOf(int b)
    {
        for (int o = 0; o < _chain.Outputs; o++)
        {
            (_lossColumns[o], _lossOffsets[o]) =
                _changed[Last][o] ? (_triedOutputs, o * Rows) : (_values[Last + 1], ValueAt(Last + 1, b, o));
        }

        return _loss.Of(b, _lossColumns, _lossOffsets);
    }
}
