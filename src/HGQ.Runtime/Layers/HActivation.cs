using System.Collections.Generic;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Any function of one number, then the output quantizer; exported as a table. Costs no EBOPs.</summary>
public sealed class HActivation : QuantizedOutputLayer
{
    /// <summary>An activation layer.</summary>
    /// <param name="function">What is applied to every element.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default. Automatic rounding is half up: the table rounds, no adder does.</param>
    /// <param name="name">Unique in its model.</param>
    public HActivation(UnaryFunction function, IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
        Function = function;
        Range = function.Range;
    }

    /// <summary>What is applied to every element.</summary>
    public UnaryFunction Function { get; }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => QuantizeOutput(Function.Apply(inputs[0]));

    // Those that are not have a few gates.
    private bool IsTable => Function != UnaryFunction.Relu && Function != UnaryFunction.LeakyRelu && Function != UnaryFunction.HardTanh;

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() =>
        IsTable ? [Hgq2Count.Table(InputBits(0), OutputBits(), OutputShape)] : CostTerms();

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        BuildActivationQuantizer(inputShapes[0], RoundingStrategy.Standard);
        return inputShapes[0];
    }
}
