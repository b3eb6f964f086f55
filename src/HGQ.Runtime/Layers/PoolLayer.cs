using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Pooling over the spatial dimensions, channels last. Costs no EBOPs; what lies beyond the edge does not take part.</summary>
public abstract class PoolLayer : HLayer
{
    private readonly long[]? _size;
    private readonly long[]? _strides;
    private readonly Padding _padding;
    private readonly int _rank;

    private protected PoolLayer(string? name, int rank, IReadOnlyList<long>? size, IReadOnlyList<long>? strides, Padding padding)
        : base(name)
    {
        if (padding == Padding.Causal)
        {
            throw new ArgumentException("Pooling knows no causal padding.", nameof(padding));
        }

        if ((size ?? []).Concat(strides ?? []).Any(static n => n < 1))
        {
            throw new ArgumentException("Sizes and strides of windows are at least 1.", nameof(size));
        }

        (_rank, _size, _strides, _padding) = (rank, size?.ToArray(), strides?.ToArray(), padding);
    }

    /// <summary>Size of the windows, one per spatial dimension; global pooling: of the input.</summary>
    public IReadOnlyList<long> PoolSize => Window.Size;

    /// <summary>Steps of the windows, one per spatial dimension.</summary>
    public IReadOnlyList<long> Strides { get; private set; } = [];

    /// <summary>What a window sees beyond the edge.</summary>
    public Padding Padding => _padding;

    /// <summary>Whether one window covers everything and its dimensions disappear.</summary>
    public bool IsGlobal => _size is null;

    /// <inheritdoc/>
    public override bool IsNonNegative => Inputs[0].IsNonNegative;

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => [Hgq2Count.Sum(InputBits(0))];

    private protected WindowShape Window { get; private set; } = new([], [], [], Padding.Valid);

    /// <summary>Elements of every window that lie inside, of the output's shape.</summary>
    private protected torch.Tensor Counts(torch.ScalarType type) => Window.SumPool(NewTensor.Ones([1, .. Inputs[0].OutputShape], dtype: type));

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = inputShapes[0];
        if (shape.Count != _rank + 1)
        {
            throw new ArgumentException($"The layer {Label} needs {_rank} spatial dimensions and channels, not [{string.Join(", ", shape)}].", nameof(inputShapes));
        }

        long[] size = _size is null ? [.. shape.SkipLast(1)] : Expand(_size);
        Strides = Expand(_strides ?? size);
        Window = new WindowShape(size, Strides, [.. size.Select(_ => 1L)], _padding);
        var outputs = Window.Outputs([.. shape.SkipLast(1)]);
        return outputs.Any(n => n < 1)
            ? throw new ArgumentException($"The windows of the layer {Label} are larger than [{string.Join(", ", shape)}].", nameof(inputShapes))
            : IsGlobal ? [shape[^1]] : [.. outputs, shape[^1]];
    }

    /// <summary>Drops the dimensions that one window covers.</summary>
    private protected torch.Tensor Finish(torch.Tensor y) => IsGlobal ? y.Reshape(y.Shape[0], y.Shape[^1]) : y;

    /// <summary>The formats that the elements of a window have in common: the largest of each kind of bits.</summary>
    private protected FixedPointBits UnionBits() => Inputs[0].ExactOutputBits().Union(OutputShape, values => Finish(Window.MaxPool(values)));

    /// <summary>The width of the widest element of each window, after tracing.</summary>
    private protected double[] WidestInputs()
    {
        using var scope = torch.NewDisposeScope();
        var widths = NewTensor.Of(Inputs[0].ExactOutputWidths(), [1, .. Inputs[0].OutputShape]);
        return [.. Finish(Window.MaxPool(widths)).Contiguous().Elements<double>()];
    }

    private long[] Expand(long[] values) => values.Length == _rank ? values
        : values.Length == 1 ? [.. Enumerable.Repeat(values[0], _rank)]
        : throw new ArgumentException($"The layer {Label} needs 1 or {_rank} window sizes and strides.", nameof(values));
}
