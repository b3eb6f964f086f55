using System;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Import.Keras.Files;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Layers;

/// <summary>One layer to translate: its description, its weights, the tensors that it reads.</summary>
/// <param name="Draft">The model so far.</param>
/// <param name="Layer">Description of the layer.</param>
/// <param name="Weights">Its variables.</param>
/// <param name="Inputs">Tensors that it reads.</param>
/// <param name="IsLast">Whether nothing reads its result but the caller of the model.</param>
internal sealed record LayerTask(GraphDraft Draft, KerasLayer Layer, LayerWeights Weights, TensorValue[] Inputs, bool IsLast)
{
    /// <summary>Precisions that replace those of the source; null keeps them.</summary>
    public LayerPrecisions? Precisions { get; init; }

    public string Name => Layer.Name;

    /// <summary>The only input.</summary>
    public TensorValue Input => Inputs.Length == 1 ? Inputs[0]
        : throw Layer.Refuse(FormattableString.Invariant($"it reads {Inputs.Length} tensors; one was expected"));

    public bool ChannelsFirst => Layer.Text("data_format", "channels_last") == "channels_first";

    /// <summary>The input with channels last, whatever the source's order.</summary>
    public TensorValue ChannelsLastInput => Draft.ChannelsLast(Input, Name, ChannelsFirst);

    public int[] Sizes(string option, int count, int otherwise)
        => Layer.Integers(option, count) is { } sizes && sizes.Length == count ? sizes : Layer.Option(option) is null
            ? [.. Enumerable.Repeat(otherwise, count)] : throw Layer.Refuse($"its {option} does not fit");

    /// <summary>How the layer's windows slide over its input.</summary>
    public ConvolutionShape Convolution(int[] window, int groups, int outputs)
    {
        int axes = window.Length;
        var shape = new ConvolutionShape(window, Sizes("strides", axes, 1), Sizes("dilation_rate", axes, 1), [], [], groups, outputs);
        return shape.WithPadding(ChannelsLastInput.Shape.Rank == axes + 1 ? ChannelsLastInput.Shape
            : throw Layer.Refuse($"it slides over {axes} axes of {Input.Shape}"), Padding);
    }

    public PaddingKind Padding => Layer.Text("padding", "valid").ToLowerInvariant() switch
    {
        "valid" => PaddingKind.Valid,
        "same" => PaddingKind.Same,
        "causal" => PaddingKind.Causal,
        _ => throw Layer.Refuse($"its padding is {Layer.Text("padding", "")}; valid, same and causal are known"),
    };

    /// <summary>γ / √(σ² + ε) of a batch normalisation, exact but for the root.</summary>
    public static Rational[] NormalizationScale(HdfArray? gamma, HdfArray variance, double epsilon)
        => [.. variance.Values.Select(
            (v, c) => (gamma is null ? Rational.One
            : Rational.Of(gamma.Values[c])) / Rational.Sqrt(Rational.Of(v) + Rational.Of(epsilon)))];
}
