using System.Collections.Generic;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>A layer whose output passes a quantizer of its own (the pre-activation quantizer), and maybe a relu behind it.</summary>
public abstract class QuantizedOutputLayer : HLayer
{
    private readonly IQuantizerConfig _config;
    private TrainableQuantizer? _paq;
    private ActivationQuantization? _output;

    /// <summary>Remembers the configuration; the quantizer is made when the shapes are known.</summary>
    protected QuantizedOutputLayer(string? name, double beta, IQuantizerConfig? paq)
        : base(name, beta) => _config = paq ?? QuantizerDefaults.PreActivation;

    /// <summary>The quantizer of the outputs, in front of the activation.</summary>
    public TrainableQuantizer ActivationQuantizer =>
        _paq ?? throw new System.InvalidOperationException($"The layer {Label} is not linked yet.");

    /// <summary>What the outputs can't leave whatever the inputs are; ranges are not widened beyond it.</summary>
    internal (double Low, double High)? Range { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TrainableQuantizer> Quantizers => [ActivationQuantizer];

    /// <summary>The outputs of the last forward pass, where they still live.</summary>
    internal ActivationQuantization? LastOutput => _output is { Value.IsInvalid: false } output ? output : null;

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() =>
        LastOutput?.Bits() ?? ActivationQuantizer.ActivationBits(IsNonNegative);

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits()
    {
        long[] shape = [1, .. OutputShape];
        return ActivationQuantizer.ExactActivationBits(IsNonNegative).Broadcast(shape).Reshape(OutputShape);
    }

    /// <summary>Makes the quantizer.</summary>
    /// <param name="outputShape">Shape without the batch dimension.</param>
    /// <param name="auto">What automatic rounding stands for here.</param>
    protected void BuildActivationQuantizer(IReadOnlyList<long> outputShape, RoundingStrategy auto)
    {
        _paq = _config.Create(auto, record: true);
        _paq.Build([-1, .. outputShape], $"{Label}.paq");
        register_module("paq", _paq);
    }

    /// <summary>What automatic rounding stands for: half up where a one-dimensional bias can carry half an output step, else down.</summary>
    protected RoundingStrategy AutoRounding(int outputRank, bool hasBias) =>
        hasBias && _config.Shared.Resolve(outputRank + 1).Length >= outputRank && SharesAllButLast(outputRank + 1)
            ? RoundingStrategy.Standard
            : RoundingStrategy.Floor;

    /// <summary>Adds the bias on the outputs' grid, quantizes, records the range, applies the relu if <see cref="HLayer.IsNonNegative"/>.</summary>
    /// <param name="x">Exact outputs without the bias.</param>
    /// <param name="bias">Unquantized bias of the last dimension, or null.</param>
    protected torch.Tensor QuantizeOutput(torch.Tensor x, torch.Tensor? bias = null)
    {
        _output = ActivationQuantizer.QuantizeActivation(x, training, IsNonNegative, bias);
        return _output.Value;
    }

    private bool SharesAllButLast(int rank)
    {
        var shared = _config.Shared.Resolve(rank);
        for (var d = 0; d < rank - 1; d++)
        {
            if (System.Array.IndexOf(shared, d) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
