using System.Collections.Generic;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Largest element over dimensions. Costs no EBOPs; the result has the largest width of the elements that it is chosen from.</summary>
public sealed class PReduceMax : HLayer
{
    private readonly ReductionAxes _axes;

    /// <summary>A layer that takes maxima.</summary>
    /// <param name="axes">The dimensions, the batch being 0; negative ones count from the end.</param>
    /// <param name="keepDimensions">Whether they stay with size 1.</param>
    /// <param name="name">Unique in its model.</param>
    public PReduceMax(IReadOnlyList<int> axes, bool keepDimensions = false, string? name = null)
        : base(name) => _axes = new ReductionAxes(axes, keepDimensions);

    /// <summary>The dimensions, ascending, the batch being 0; known when the layer is linked.</summary>
    public IReadOnlyList<long> Axes => _axes.Dimensions;

    /// <summary>Whether they stay with size 1.</summary>
    public bool KeepDimensions => _axes.KeepDimensions;

    /// <inheritdoc/>
    public override bool IsNonNegative => Inputs[0].IsNonNegative;

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => Largest(inputs[0]);

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => Largest(InputBits(0));

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits() => Inputs[0].ExactOutputBits().Union(OutputShape, Largest);

    /// <inheritdoc/>
    public override double[] ExactOutputWidths()
    {
        using var scope = torch.NewDisposeScope();
        return Largest(NewTensor.Of(Inputs[0].ExactOutputWidths(), [1, .. Inputs[0].OutputShape])).Contiguous().Elements<double>();
    }

    /// <inheritdoc/>
    internal override IEnumerable<CostTerm> Hgq2Terms() => Owner is HSoftmax ? [] : [Hgq2Count.AllButLeast(InputBits(0), Axes, 1)];

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) => _axes.Resolve(Label, inputShapes[0]);

    private torch.Tensor Largest(torch.Tensor x) => x.Amax(_axes.Dimensions, keepdim: KeepDimensions);
}
