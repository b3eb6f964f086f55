using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Windows over one or two axes in float64, channels last.</summary>
internal sealed class FloatConvolution
{
    private readonly ConvLayer _layer;
    private readonly TensorShape _input;
    private readonly TensorShape _output;
    private readonly int[] _taps;

    public FloatConvolution(ConvLayer layer, TensorShape input, TensorShape output)
    {
        (_layer, _input, _output) = (layer, input, output);
        _taps = Taps(input, output, [.. layer.Kernel.Shape.Dimensions.Take(input.Rank - 1)], [.. layer.Strides], [.. layer.Dilations],
            layer.Padding);
    }

    /// <summary>The sums, row by row.</summary>
    public double[] Run(double[] values, double[] kernel, double[]? bias, int rows)
    {
        int outputs = _output.Channels, positions = _output.Size / outputs, taps = _taps.Length / positions;
        var result = new double[rows * _output.Size];
        for (var r = 0; r < rows; r++)
        {
            ReadOnlySpan<double> row = values.AsSpan(r * _input.Size, _input.Size);
            for (var p = 0; p < positions; p++)
            {
                Span<double> sums = result.AsSpan((r * _output.Size) + (p * outputs), outputs);
                bias?.CopyTo(sums);
                for (var t = 0; t < taps; t++)
                {
                    int at = _taps[(p * taps) + t];
                    if (at >= 0)
                    {
                        Add(sums, row.Slice(at * _input.Channels, _input.Channels), kernel, t);
                    }
                }
            }
        }

        return result;
    }

    /// <summary>The largest element of each window, row by row.</summary>
    public static double[] Maxima(PoolLayer layer, TensorShape input, TensorShape output, double[] values, int rows)
    {
        int[] window = [.. layer.Size], ones = [.. window.Select(static _ => 1)];
        int[] all = Taps(input, output, window, [.. layer.Strides], ones, layer.Padding);
        int channels = output.Channels, positions = output.Size / channels, taps = all.Length / positions;
        var result = new double[rows * output.Size];
        Array.Fill(result, double.NegativeInfinity);
        for (var e = 0; e < result.Length; e++)
        {
            int row = e / output.Size, position = e % output.Size / channels;
            foreach (int at in all.AsSpan(position * taps, taps))
            {
                result[e] = at < 0 ? result[e] : Math.Max(result[e], values[(row * input.Size) + (at * channels) + (e % channels)]);
            }
        }

        return result;
    }

    private void Add(Span<double> sums, ReadOnlySpan<double> channels, double[] kernel, int tap)
    {
        int outputs = sums.Length, perGroup = channels.Length / _layer.Groups, outputsPerGroup = outputs / _layer.Groups;
        for (var c = 0; c < channels.Length; c++)
        {
            double x = channels[c];
            int first = c / perGroup * outputsPerGroup, weights = ((tap * perGroup) + (c % perGroup)) * outputs;
            for (int o = first; x != 0 && o < first + outputsPerGroup; o++)
            {
                sums[o] += x * kernel[weights + o];
            }
        }
    }

    // Position of the input under each tap of each window; -1 beyond the edge.
    private static int[] Taps(TensorShape input, TensorShape output, int[] window, int[] strides, int[] dilations, PaddingKind padding)
    {
        int axes = window.Length, taps = window.Aggregate(1, static (a, b) => a * b);
        int positions = output.Size / output.Channels;
        int[] before = [.. Enumerable.Range(0, axes).Select(
            axis => WindowGeometry.PaddingBefore(input[axis], window[axis], strides[axis], dilations[axis], padding))];
        var found = new int[positions * taps];
        for (var n = 0; n < found.Length; n++)
        {
            int p = n / taps, t = n % taps, at = 0, step = 1;
            for (int axis = axes - 1; axis >= 0; axis--)
            {
                int index = (p % output[axis] * strides[axis]) + (t % window[axis] * dilations[axis]) - before[axis];
                at = index < 0 || index >= input[axis] || at < 0 ? -1 : at + (index * step);
                step *= input[axis];
                p /= output[axis];
                t /= window[axis];
            }

            found[n] = at;
        }

        return found;
    }
}
