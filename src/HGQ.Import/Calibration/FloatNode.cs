using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>A layer of a float model.</summary>
/// <param name="Layer">What it computes, with the constants of the source; inputs are those of <see cref="Inputs"/>.</param>
/// <param name="Inputs">Layers that it reads.</param>
/// <param name="Shape">Shape of its result.</param>
internal sealed record FloatNode(LayerNode Layer, string[] Inputs, TensorShape Shape)
{
    /// <summary>What is done to each element instead, where the layer only stands for it.</summary>
    public Step? Step { get; init; }

    /// <summary>Weights, with normalisations folded in; null where it has none.</summary>
    public Rational[]? Kernel { get; init; }

    /// <summary>Summands of the outputs; null where it has none.</summary>
    public Rational[]? Bias { get; init; }

    public string Name => Layer.Name;

    /// <summary>A product with constants.</summary>
    public bool IsProduct => Layer is DenseLayer or ConvLayer;

    /// <summary>Whether its numbers need more bits than those it reads.</summary>
    public bool Grows => Step switch
    {
        AffineStep or FunctionStep => true,
        RectifyStep rectify => !rectify.Slope.IsZero && rectify.Slope != Rational.One,
        ClipStep => false,
        _ => Layer is DenseLayer or ConvLayer or AddLayer or MultiplyLayer or MatMulLayer
            or ReduceLayer { Kind: ReductionKind.Sum },
    };

    /// <summary>What it is, for people.</summary>
    public string Kind => Step switch
    {
        AffineStep => "scale",
        RectifyStep => "relu",
        ClipStep => "clip",
        FunctionStep function => function.Kind,
        _ => Layer.GetType().Name[..^"Layer".Length].ToLowerInvariant(),
    };

    /// <summary>The layer of a draft as a node.</summary>
    public static FloatNode Of(LayerNode layer, TensorShape shape, Step? step)
    {
        DenseLayer? dense = layer as DenseLayer;
        ConvLayer? conv = layer as ConvLayer;
        (IntegerTensor? kernel, IntegerTensor? bias) = (dense?.Kernel ?? conv?.Kernel, dense?.Bias ?? conv?.Bias);
        (Rational[]? weights, Rational[]? summands) = step is AffineStep affine
            ? (Enumerable.Range(0, shape.Channels).Select(affine.ScaleOf).ToArray(),
                affine.Offset.All(static o => o.IsZero) ? null : Enumerable.Range(0, shape.Channels).Select(affine.OffsetOf).ToArray())
            : (Numbers(kernel), Numbers(bias));
        return new FloatNode(layer, [.. layer.Inputs], shape) { Step = step, Kernel = weights, Bias = summands };
    }

    private static Rational[]? Numbers(IntegerTensor? tensor) => tensor is null
        ? null
        : [.. tensor.Raw.Select((raw, e) => (Rational)raw * Rational.PowerOfTwo(-tensor.Format[e].FractionBits))];
}
