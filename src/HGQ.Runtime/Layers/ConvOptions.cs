using System.Collections.Generic;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Layers;

/// <summary>Arguments of a convolution. Lists hold one entry per spatial dimension, or one for all.</summary>
/// <param name="Filters">Number of output channels.</param>
/// <param name="KernelSize">Taps.</param>
public sealed record ConvOptions(long Filters, IReadOnlyList<long> KernelSize)
{
    /// <summary>Steps of the window.</summary>
    public IReadOnlyList<long> Strides { get; init; } = [1];

    /// <summary>Distance of the taps.</summary>
    public IReadOnlyList<long> Dilations { get; init; } = [1];

    /// <summary>What a window sees beyond the edge.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>Groups of channels; as many as input channels: depthwise.</summary>
    public long Groups { get; init; } = 1;

    /// <summary>What follows the output quantizer.</summary>
    public Activation Activation { get; init; } = Activation.Linear;

    /// <summary>Weight of this layer's EBOPs in the loss.</summary>
    public double Beta { get; init; }

    /// <summary>Whether there is a bias.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Positions computed at once in hardware; scales EBOPs.</summary>
    public int ParallelFactor { get; init; } = 1;

    /// <summary>Quantizer of the weights; null: the default for weights.</summary>
    public IQuantizerConfig? Kq { get; init; }

    /// <summary>Quantizer of the outputs; null: the default for outputs.</summary>
    public IQuantizerConfig? Paq { get; init; }

    /// <summary>Quantizer of the bias; null: it is quantized on the grid of the outputs.</summary>
    public IQuantizerConfig? Bq { get; init; }
}
