using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

/// <summary>What an activation quantizer hands to its fused pass.</summary>
internal sealed record ActivationSettings(
    (double Min, double Max) Clip, bool Down, bool Relu, bool Training, double BitsGradientScale, torch.Tensor? Min, torch.Tensor? Max,
    bool Record);

/// <summary>(x, fbw[, bias]) → (quantized x + quantized bias, widths), with the range recorded on the way.</summary>
internal sealed class ActivationNode<T>(ActivationSettings settings) : IFusedNode, IWidthGate
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Ln2 = Math.Log(2);
    private ActivationPass<T>? _pass;
    private T[] _bias = [];
    private T[] _quantizedBias = [];
    private bool[] _counts = [];
    private long[] _widthShape = [];
    private bool _wantsInputGradient;
    private int _columns;

    /// <inheritdoc/>
    public List<torch.Tensor> Forward(torch.Tensor[] inputs)
    {
        var (x, fbw) = (inputs[0], inputs[1]);
        _widthShape = fbw.Shape;
        _wantsInputGradient = x.RequiresGradient;
        using TensorView<T> values = x.View<T>(), fractions = fbw.View<T>();
        var widths = fractions.Span;
        _columns = widths.Length == 1 ? (int)x.Shape[^1] : widths.Length;
        if (inputs.Length > 2)
        {
            using var bias = inputs[2].View<T>();
            QuantizeBias(bias.Span, Exponents(widths));
        }

        for (var c = 0; c < widths.Length; c++)
        {
            widths[c] = T.Clamp(widths[c], T.CreateSaturating(settings.Clip.Min), T.CreateSaturating(settings.Clip.Max));
        }

        var exponents = Exponents(widths);
        _pass = new ActivationPass<T>(exponents, _quantizedBias, settings.Down, settings.Relu);
        var y = NewTensor.EmptyLike(x);
        var bits = NewTensor.EmptyLike(fbw);
        var (min, max) = (new T[_columns], new T[_columns]);
        using TensorView<T> results = y.View<T>(), counts = bits.View<T>(), low = settings.Min!.View<T>(), high = settings.Max!.View<T>();
        _pass.Forward(values.Span, results.Span, min, max);
        Record(low.Span, high.Span, min, max);
        CountBits(counts.Span, low.Span, high.Span, exponents);
        return [y, bits];
    }

    /// <inheritdoc/>
    public void Open(bool[] columns) => _counts = columns;

    /// <inheritdoc/>
    public IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs) => [inputs[0]];

    /// <inheritdoc/>
    public torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream)
    {
        var x = saved[0];
        var isZero = TensorMemory.IsExpandedZero(upstream[0]);
        var (arriving, costs) = (isZero ? upstream[0] : upstream[0].Contiguous(), upstream[1].Contiguous());
        // Without a relu the gradient goes through as it is.
        var gradient = !_wantsInputGradient || isZero ? null : settings.Relu ? NewTensor.EmptyLike(x) : arriving;
        var (errors, sums) = (new double[_columns], new double[_columns]);
        if (!isZero)
        {
            using TensorView<T> values = x.View<T>(), from = arriving.View<T>();
            using var target = gradient is not null && settings.Relu ? gradient.View<T>() : default;
            _pass!.Backward(values.Span, from.Span, target.Span, errors, sums);
        }

        var widths = settings.Training ? WidthGradient(errors, sums, costs.Elements<T>()) : null;
        return _bias.Length == 0 ? [gradient, widths] : [gradient, widths, BiasGradient(sums, x.DataType)];
    }

    private T[] Exponents(ReadOnlySpan<T> widths)
    {
        var exponents = new T[_columns];
        for (var c = 0; c < widths.Length; c++)
        {
            exponents[c] = Lanes<T>.Exponent(widths[c]);
        }

        exponents.AsSpan(widths.Length).Fill(exponents[0]);
        return exponents;
    }

    private void QuantizeBias(ReadOnlySpan<T> bias, T[] exponents)
    {
        _bias = bias.ToArray();
        _quantizedBias = new T[_columns];
        for (var c = 0; c < _columns; c++)
        {
            _quantizedBias[c] = Lanes<T>.Quantize(
                bias[c], Lanes<T>.PowerOfTwo(exponents[c]), Lanes<T>.PowerOfTwo(-exponents[c]), settings.Down);
        }
    }

    private void Record(Span<T> low, Span<T> high, T[] min, T[] max)
    {
        if (!settings.Record)
        {
            return;
        }

        for (var c = 0; c < _columns; c++)
        {
            var at = low.Length == 1 ? 0 : c;
            low[at] = T.Min(low[at], min[c]);
            high[at] = T.Max(high[at], max[c]);
        }
    }

    // As GetBits does from the record.
    private void CountBits(Span<T> bits, ReadOnlySpan<T> low, ReadOnlySpan<T> high, T[] exponents)
    {
        _counts = new bool[bits.Length];
        for (var c = 0; c < bits.Length; c++)
        {
            var magnitude = settings.Relu ? T.Max(high[c], T.Zero) : T.Max(T.Abs(low[c]), T.Abs(high[c]));
            var sign = !settings.Relu && low[c] < T.Zero ? T.One : T.Zero;
            bits[c] = magnitude == T.Zero ? T.Zero
                : T.IsInfinity(magnitude) ? magnitude
                : T.Max(Lanes<T>.BitLength(magnitude) + sign + exponents[c], T.Zero);
            _counts[c] = bits[c] > T.Zero;
        }
    }

    private torch.Tensor WidthGradient(double[] errors, double[] sums, ReadOnlySpan<T> costs)
    {
        for (var c = 0; c < _bias.Length; c++)
        {
            errors[c] += double.CreateTruncating(_bias[c] - _quantizedBias[c]) * sums[c];
        }

        var result = NewTensor.Empty(_widthShape, dtype: typeof(T) == typeof(float) ? torch.float32 : torch.float64);
        using var values = result.View<T>();
        for (var c = 0; c < values.Length; c++)
        {
            var error = values.Length == 1 ? errors.Sum() : errors[c];
            var cost = _counts[c] ? double.CreateTruncating(costs[c]) * settings.BitsGradientScale : 0;
            values[c] = T.CreateTruncating((Ln2 * error) + cost);
        }

        return result;
    }

    private static torch.Tensor BiasGradient(double[] sums, torch.ScalarType type)
    {
        var result = NewTensor.Empty(sums.Length, dtype: type);
        using var values = result.View<T>();
        for (var c = 0; c < sums.Length; c++)
        {
            values[c] = T.CreateTruncating(sums[c]);
        }

        return result;
    }
}
