using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;

namespace HGQ.Runtime.Layers;

/// <summary>
/// Softmax through two tables, exact at every step: e = exp(−scale·(max x − x)), s = Σ e, y = e · 1/(s + 1e-7), each quantized. Its parts are
/// <c>max</c>, <c>input</c>, <c>exp</c>, <c>sum</c>, <c>reciprocal</c> and the product, which has the layer's name. EBOPs = Σ bits(e)·bits(1/s).
/// </summary>
public sealed class HSoftmax : HBlock
{
    /// <summary>Added to the sum, so that an empty one has a reciprocal.</summary>
    public const double Epsilon = 1e-7;

    private readonly SoftmaxOptions _options;
    private readonly IQuantizerConfig? _givenSum;

    /// <summary>A softmax layer.</summary>
    /// <param name="options">Its arguments; null: the defaults.</param>
    /// <param name="name">Unique in its model.</param>
    /// <exception cref="ArgumentException">The input scale is not positive.</exception>
    public HSoftmax(SoftmaxOptions? options = null, string? name = null)
        : base(name, options?.Beta ?? 0)
    {
        options ??= new SoftmaxOptions();
        if (!(options.InputScale > 0) || !double.IsFinite(options.InputScale))
        {
            throw new ArgumentException($"The layer {Label} has the input scale {options.InputScale}; it must be positive.", nameof(options));
        }

        // Filled in now: the defaults of the scope that the layer is made in count.
        bool stable = options.SubtractMaximum;
        _givenSum = options.Sum;
        _options = options with
        {
            ExponentialInput = options.ExponentialInput ?? TableQuantizers.Of(4, 4, limit: 6, signed: !stable),
            Exponential = options.Exponential ?? (stable ? TableQuantizers.Of(1, 8) : TableQuantizers.Of(5, 6)),
            Sum = options.Sum ?? (stable ? TableQuantizers.Of(0, 6, limit: 8) : TableQuantizers.Of(5, 3, limit: 4)),
            Reciprocal = options.Reciprocal ?? TableQuantizers.Of(1, 10),
            Paq = options.Paq ?? TableQuantizers.Of(1, 8),
        };
    }

    /// <summary>Its arguments, the defaults filled in.</summary>
    public SoftmaxOptions Options => _options;

    /// <inheritdoc/>
    protected override HLayer Compose(IReadOnlyList<HLayer> inputs)
    {
        var rank = inputs[0].OutputShape.Count;
        var axis = _options.Axis < 0 ? _options.Axis + rank + 1 : _options.Axis;
        if (axis < 1 || axis > rank)
        {
            throw new ArgumentException(
                $"The layer {Label} can't sum over dimension {_options.Axis} of [batch, {string.Join(", ", inputs[0].OutputShape)}]; name one of 1 to {rank}.",
                nameof(inputs));
        }

        var exponentials = Part("exp", new HActivation(Exponential(), _options.Exponential), Exponents(inputs[0], axis));
        var sum = Part("sum", new HSum([axis], keepDimensions: true, paq: SumOf(inputs[0].OutputShape[axis - 1])), exponentials);
        var reciprocal = Part("reciprocal", new HActivation(Reciprocal, _options.Reciprocal), sum);
        return Part("", new HMultiply(Beta, _options.Paq) { Range = (0, 1) }, exponentials, reciprocal);
    }

    private static UnaryFunction Reciprocal { get; } = new("reciprocal", static x => x.Add(Epsilon).Reciprocal(), static x => 1 / (x + Epsilon));

    // Where integer bits are trained, a sum of n terms starts with log2 n more of them.
    private IQuantizerConfig? SumOf(long terms) => _givenSum is null && _options.Sum is FixedPointQuantizerConfig config
        ? config with { IntegerBits = config.IntegerBits + BitOperations.Log2((ulong)terms) + 1 }
        : _options.Sum;

    // What the table of exponentials reads.
    private HLayer Exponents(HLayer input, int axis)
    {
        if (!_options.SubtractMaximum)
        {
            return Part("input", new HQuantize(_options.ExponentialInput), input);
        }

        var largest = Part("max", new PReduceMax([axis], keepDimensions: true), input);
        return Part("input", new HSubtract(_options.ExponentialInput), largest, input);
    }

    private UnaryFunction Exponential()
    {
        double scale = _options.SubtractMaximum ? -_options.InputScale : _options.InputScale;
        return new UnaryFunction("exponential", x => x.Multiply(scale).Exp(), x => Math.Exp(x * scale));
    }
}
