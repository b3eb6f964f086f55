using System;

namespace HGQ.Runtime.Compiled;

/// <content>What a lane does with a block of rows.</content>
internal sealed unsafe partial class ChainEngine<T, TVector, TLanes>
{
    private void RunLane(ChainPhase phase, int layer, int lane)
    {
        int half = (((_count + 1) / Lanes) + _block - 1) / _block * _block;
        int first = lane == 0 ? 0 : half, end = lane == 0 ? Math.Min(half, _count) : _count;
        for (int row = first; row < end; row += _block)
        {
            var block = new RowBlock(lane, row, Math.Min(_block, end - row), _hasNorms ? row : lane * _block);
            switch (phase)
            {
                case ChainPhase.Start:
                    QuantizeInput(block);
                    ForwardTo(0, block);
                    break;
                case ChainPhase.Forward:
                    Forward(layer, block);
                    ForwardTo(layer + 1, block);
                    break;
                case ChainPhase.Backward:
                    BackwardInput(layer, block);
                    BackwardFrom(layer - 1, block);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(phase), phase, "There is no such phase.");
            }
        }
    }

    // A layer's inputs are there: goes on to the next batch norm, which wants to see the products of all rows, or to the end and back.
    private void ForwardTo(int layer, RowBlock block)
    {
        for (; layer < _layers.Length; layer++)
        {
            if (_layers[layer].Norm is { } norm)
            {
                norm.Product(block.Count, block.Lane, _buffers[layer].Output(block), _buffers[layer + 1].Product(block));
                return;
            }

            Forward(layer, block);
        }

        Loss(block);
        BackwardFrom(_layers.Length - 1, block);
    }

    // The gradient of a layer's outputs is there: goes back to the next batch norm, or to the samples.
    private void BackwardFrom(int layer, RowBlock block)
    {
        for (; layer >= 0; layer--)
        {
            BackwardOutput(layer, block);
            if (_layers[layer].Norm is not null)
            {
                return;
            }

            BackwardInput(layer, block);
        }
    }

    private void QuantizeInput(RowBlock block) => InputPass<T, TVector, TLanes>.Forward(
        _features, _input.Columns, new ReadOnlySpan<int>(_rows + block.First, block.Count), _input.Padded,
        _buffers[0].Output(block), _buffers[0].Error(block), _input.Numbers(block.Lane, null), _input.Mode.Down, _scratch[block.Lane]);

    private void Forward(int layer, RowBlock block) => _layers[layer].Forward(
        block.Count, block.Lane, _buffers[layer].Output(block), _buffers[layer + 1].Error(block), _buffers[layer + 1].Output(block));

    private void BackwardOutput(int layer, RowBlock block) => _layers[layer].BackwardOutput(
        block.Count, block.Lane, _buffers[layer].Output(block), _buffers[layer].Error(block),
        _buffers[layer + 1].Error(block), _buffers[layer + 1].Output(block), _buffers[layer + 1].Gradient(block));

    private void BackwardInput(int layer, RowBlock block)
    {
        T* inputGradient = layer == 0 ? null : _buffers[layer].Gradient(block);
        if (layer > 0)
        {
            _layers[layer].BackwardInput(block.Count, _buffers[layer + 1].Gradient(block), inputGradient);
        }

        if (_layers[layer].Norm is not null)
        {
            _layers[layer].BackwardNorm(
                block.Count, block.Lane, _buffers[layer].Output(block), _buffers[layer].Error(block), _buffers[layer + 1].Product(block),
                    inputGradient);
        }
    }

    private void Loss(RowBlock block)
    {
        ActivationStage<T, TVector, TLanes> output = _layers[^1].Output;
        T* x = _buffers[^1].Output(block), gradient = _buffers[^1].Gradient(block);
        if (_settings.IsClassification)
        {
            _losses[block.Lane] += LossPass<T, TVector, TLanes>.CrossEntropy(
                block.Count, output.Padded, output.Columns, x, gradient, _labels + block.First, T.One / T.CreateTruncating(_count),
                    _sums[block.Lane]);
            return;
        }

        T* targets = _targets[block.Lane];
        for (int r = 0; r < block.Count; r++)
        {
            ReadOnlySpan<float> wanted = _samples!.Targets.AsSpan(_rows[block.First + r] * output.Columns, output.Columns);
            for (int c = 0; c < output.Columns; c++)
            {
                targets[(r * output.Padded) + c] = T.CreateTruncating(wanted[c]);
            }
        }

        _losses[block.Lane] += LossPass<T, TVector, TLanes>.SquaredError(
            block.Count, output.Padded, output.Columns, x, gradient, targets, T.One / T.CreateTruncating((long)_count * output.Columns));
    }
}
