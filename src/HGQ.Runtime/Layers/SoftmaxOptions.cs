using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Layers;

/// <summary>Arguments of <see cref="HSoftmax"/>. A quantizer that is null has the family of the default for outputs, one format for the tensor, and saturates.</summary>
public sealed record SoftmaxOptions
{
    /// <summary>The dimension that sums to 1, the batch being 0; negative ones count from the end.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>Whether the largest input is subtracted first, so that the exponentials lie in (0, 1] for any input.</summary>
    public bool SubtractMaximum { get; init; } = true;

    /// <summary>Inputs are multiplied by it, inside the table of exponentials: it costs nothing and need not be a power of two.</summary>
    public double InputScale { get; init; } = 1;

    /// <summary>Weight of this layer's EBOPs in the loss.</summary>
    public double Beta { get; init; }

    /// <summary>Quantizer in front of the table of exponentials, of maximum − x or of x: 4 fraction bits, at most 6.</summary>
    public IQuantizerConfig? ExponentialInput { get; init; }

    /// <summary>Quantizer of the exponentials: 8 fraction bits.</summary>
    public IQuantizerConfig? Exponential { get; init; }

    /// <summary>Quantizer of their sum, in front of the table of reciprocals: 6 fraction bits, at most 8.</summary>
    public IQuantizerConfig? Sum { get; init; }

    /// <summary>Quantizer of the reciprocal: 10 fraction bits.</summary>
    public IQuantizerConfig? Reciprocal { get; init; }

    /// <summary>Quantizer of the outputs: 8 fraction bits.</summary>
    public IQuantizerConfig? Paq { get; init; }
}
