using System.Collections.Generic;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Largest element of each window.</summary>
public abstract class PMaxPool : PoolLayer
{
    private protected PMaxPool(string? name, int rank, IReadOnlyList<long>? size, IReadOnlyList<long>? strides, Padding padding)
        : base(name, rank, size, strides, padding)
    {
    }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => Finish(Window.MaxPool(inputs[0]));

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => Finish(Window.MaxPool(InputBits(0)));

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits() => UnionBits();

    /// <summary>The widest element of each window: products with the result are counted like products with it.</summary>
    public override double[] ExactOutputWidths() => WidestInputs();
}

/// <summary>Largest element of each window of one spatial dimension.</summary>
public sealed class PMaxPool1D(IReadOnlyList<long> poolSize, IReadOnlyList<long>? strides = null, Padding padding = Padding.Valid, string? name = null)
    : PMaxPool(name, 1, poolSize, strides, padding);

/// <summary>Largest element of each window of two spatial dimensions.</summary>
public sealed class PMaxPool2D(IReadOnlyList<long> poolSize, IReadOnlyList<long>? strides = null, Padding padding = Padding.Valid, string? name = null)
    : PMaxPool(name, 2, poolSize, strides, padding);

/// <summary>Largest element of each channel, over one spatial dimension.</summary>
public sealed class PGlobalMaxPool1D(string? name = null) : PMaxPool(name, 1, null, null, Padding.Valid);

/// <summary>Largest element of each channel, over two spatial dimensions.</summary>
public sealed class PGlobalMaxPool2D(string? name = null) : PMaxPool(name, 2, null, null, Padding.Valid);
