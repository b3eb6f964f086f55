using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Layers;

/// <summary>Quantizers of a dense layer inside a block; each null: the default.</summary>
/// <param name="Kq">Of the weights.</param>
/// <param name="Paq">Of the outputs.</param>
/// <param name="Bq">Of the bias; null: it is quantized on the grid of the outputs.</param>
public sealed record DenseQuantizers(IQuantizerConfig? Kq = null, IQuantizerConfig? Paq = null, IQuantizerConfig? Bq = null);

/// <summary>Arguments of <see cref="HMultiHeadAttention"/>.</summary>
/// <param name="Heads">Number of heads.</param>
/// <param name="KeyDim">Size of queries and keys in each head.</param>
public sealed record AttentionOptions(long Heads, long KeyDim)
{
    /// <summary>Size of values in each head; null: as keys.</summary>
    public long? ValueDim { get; init; }

    /// <summary>Size of an output; null: as that of a query input.</summary>
    public long? OutputDim { get; init; }

    /// <summary>Whether queries, values and outputs have a bias. One of the keys would change no result: it adds the same to all scores of a query.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>Weight of this block's EBOPs in the loss.</summary>
    public double Beta { get; init; }

    /// <summary>Quantizers of the projection to queries.</summary>
    public DenseQuantizers Query { get; init; } = new();

    /// <summary>Quantizers of the projection to keys.</summary>
    public DenseQuantizers Key { get; init; } = new();

    /// <summary>Quantizers of the projection to values.</summary>
    public DenseQuantizers Value { get; init; } = new();

    /// <summary>Quantizers of the projection to outputs.</summary>
    public DenseQuantizers Output { get; init; } = new();

    /// <summary>Quantizer of the products of queries and keys; null: the default.</summary>
    public IQuantizerConfig? Scores { get; init; }

    /// <summary>Quantizer of the values weighted by attention, in front of the output projection; null: the default.</summary>
    public IQuantizerConfig? Mixed { get; init; }

    /// <summary>Arguments of the softmax; its axis and input scale (1/√KeyDim) and β are set by the block.</summary>
    public SoftmaxOptions Softmax { get; init; } = new();
}
