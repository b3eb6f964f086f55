using System.Collections.Generic;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Quantizes its input: the first layer behind every input port. Costs no EBOPs.</summary>
public sealed class HQuantize : QuantizedOutputLayer
{
    /// <summary>A quantizing layer.</summary>
    /// <param name="paq">Quantizer; null: the default for outputs. Automatic rounding is half up here: nothing else can round the input.</param>
    /// <param name="name">Unique in its model.</param>
    public HQuantize(IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
    }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => QuantizeOutput(inputs[0]);

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        BuildActivationQuantizer(inputShapes[0], RoundingStrategy.Standard);
        return inputShapes[0];
    }
}
