using System.Collections.Generic;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Sum over dimensions times a power of two, then the output quantizer: sums, and means over 2^n elements. Adders cost no EBOPs.</summary>
public sealed class HSum : QuantizedOutputLayer
{
    private readonly ReductionAxes _axes;

    /// <summary>A summing layer.</summary>
    /// <param name="axes">The dimensions, the batch being 0; negative ones count from the end.</param>
    /// <param name="keepDimensions">Whether they stay with size 1.</param>
    /// <param name="shift">The sum is multiplied by 2^shift: −3 makes a mean over 8 elements.</param>
    /// <param name="paq">Quantizer of the outputs; null: the default.</param>
    /// <param name="name">Unique in its model.</param>
    public HSum(IReadOnlyList<int> axes, bool keepDimensions = false, int shift = 0, IQuantizerConfig? paq = null, string? name = null)
        : base(name, beta: 0, paq)
    {
        _axes = new ReductionAxes(axes, keepDimensions);
        Shift = shift;
    }

    /// <summary>The dimensions, ascending, the batch being 0; known when the layer is linked.</summary>
    public IReadOnlyList<long> Axes => _axes.Dimensions;

    /// <summary>Whether they stay with size 1.</summary>
    public bool KeepDimensions => _axes.KeepDimensions;

    /// <summary>The sum is multiplied by 2^Shift.</summary>
    public int Shift { get; }

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs)
    {
        var sum = inputs[0].Sum(_axes.Dimensions, keepdim: KeepDimensions);
        return QuantizeOutput(Shift == 0 ? sum : sum.Multiply(System.Math.ScaleB(1, Shift)));
    }

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() =>
        [Hgq2Count.AllButLeast(InputBits(0), Axes, Owner is HSoftmax ? 1 : Hgq2Count.AdderFactor)];

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        var shape = _axes.Resolve(Label, inputShapes[0]);
        BuildActivationQuantizer(shape, AutoRounding(shape.Count, hasBias: false));
        return shape;
    }
}
