using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Windows over the spatial dimensions of a channels-last tensor.</summary>
internal sealed class WindowShape
{
    private readonly long[] _strides;
    private readonly long[] _dilations;
    private readonly Padding _padding;

    public WindowShape(IReadOnlyList<long> size, IReadOnlyList<long> strides, IReadOnlyList<long> dilations, Padding padding)
    {
        (Size, _strides, _dilations, _padding) = ([.. size], [.. strides], [.. dilations], padding);
    }

    public long[] Size { get; }

    /// <summary>Sizes of the output for these sizes of the input; a size below 1 does not fit.</summary>
    public long[] Outputs(IReadOnlyList<long> spatial) => [.. Size.Select((_, d) => _padding == Padding.Valid
        ? (spatial[d] - Extent(d)) / _strides[d] + (spatial[d] >= Extent(d) ? 1 : 0)
        : (spatial[d] + _strides[d] - 1) / _strides[d])];

    /// <summary>Padding in torch's order: (begin, end) of the last dimension first.</summary>
    public long[] Pads(IReadOnlyList<long> spatial)
    {
        var outputs = Outputs(spatial);
        var pads = new long[2 * Size.Length];
        for (var d = 0; d < Size.Length; d++)
        {
            var total = _padding switch
            {
                Padding.Valid => 0,
                Padding.Causal => Extent(d) - 1,
                Padding.Same => Math.Max(((outputs[d] - 1) * _strides[d]) + Extent(d) - spatial[d], 0),
                _ => throw new InvalidOperationException($"There is no padding {_padding}."),
            };
            var begin = _padding == Padding.Causal ? total : total / 2;
            pads[2 * (Size.Length - 1 - d)] = begin;
            pads[(2 * (Size.Length - 1 - d)) + 1] = total - begin;
        }

        return pads;
    }

    /// <summary>Convolution of [batch, spatial…, in] with [taps…, in / groups, out].</summary>
    public torch.Tensor Convolve(torch.Tensor x, torch.Tensor kernel, long groups)
    {
        var input = ChannelsFirst(Pad(x, 0));
        long[] toFirst = [Size.Length + 1, Size.Length, .. Enumerable.Range(0, Size.Length).Select(d => (long)d)];
        var weights = kernel.Permute(toFirst).Contiguous();
        var y = Size.Length == 1
            ? NetworkFunctions.Conv1d(input, weights, stride: _strides[0], dilation: _dilations[0], groups: groups)
            : NetworkFunctions.Conv2d(input, weights, strides: _strides, dilation: _dilations, groups: groups);
        return ChannelsLast(y);
    }

    /// <summary>Maximum over each window; what lies beyond the edge does not take part.</summary>
    public torch.Tensor MaxPool(torch.Tensor x)
    {
        var input = ChannelsFirst(Pad(x, double.NegativeInfinity));
        return ChannelsLast(Size.Length == 1
            ? NetworkFunctions.MaxPool1d(input, Size[0], _strides[0])
            : NetworkFunctions.MaxPool2d(input, Size, _strides));
    }

    /// <summary>Sum over each window: an average divided by 1, since one divided by the window's size and multiplied again would be rounded.</summary>
    public torch.Tensor SumPool(torch.Tensor x)
    {
        var input = ChannelsFirst(Pad(x, 0));
        if (Size.Length == 1)
        {
            var rows = NetworkFunctions.SumPool2d(input.Unsqueeze(2), [1, Size[0]], [1, _strides[0]]);
            return ChannelsLast(rows.Squeeze(2));
        }

        return ChannelsLast(NetworkFunctions.SumPool2d(input, Size, _strides));
    }

    private long Extent(int d) => ((Size[d] - 1) * _dilations[d]) + 1;

    private torch.Tensor Pad(torch.Tensor x, double value)
    {
        var pads = Pads([.. x.Shape.Skip(1).Take(Size.Length)]);
        // The channels, which torch pads first, stay as they are.
        return pads.All(n => n == 0) ? x : NetworkFunctions.Pad(x, [0, 0, .. pads], value: value);
    }

    // Two dimensions stay where they are in memory: torch takes and returns images whose channels are stored last, and pools them several times as fast.
    private torch.Tensor ChannelsFirst(torch.Tensor x)
    {
        var view = x.Permute([0, Size.Length + 1, .. Enumerable.Range(1, Size.Length).Select(d => (long)d)]);
        return Size.Length == 2 ? view : view.Contiguous();
    }

    private torch.Tensor ChannelsLast(torch.Tensor x) => x.Permute([0, .. Enumerable.Range(2, Size.Length).Select(d => (long)d), 1]).Contiguous();
}
