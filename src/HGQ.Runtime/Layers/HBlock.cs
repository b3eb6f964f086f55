using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>
/// A layer that is made of others (softmax, attention, a whole model). A model holds its parts in place of it, so that tracing, cost, export
/// and verification know only parts. The last part has the block's name, the others that name, <c>_</c>, and their role.
/// </summary>
public abstract class HBlock : HLayer
{
    private HLayer? _result;
    private HLayer[] _parts = [];

    /// <summary>A block that is not linked yet.</summary>
    /// <param name="name">Unique in its model; null: chosen by the model.</param>
    /// <param name="beta">Weight of its parts' EBOPs in the loss.</param>
    protected HBlock(string? name, double beta = 0)
        : base(name, beta)
    {
    }

    /// <summary>The layers it is made of, each behind those it reads; blocks inside it are resolved. Empty until it is linked.</summary>
    public IReadOnlyList<HLayer> Parts => _parts;

    /// <inheritdoc/>
    public override bool HasEbops => _parts.Any(static part => part.HasEbops);

    /// <inheritdoc/>
    public override bool IsNonNegative => Result.IsNonNegative;

    /// <inheritdoc/>
    public override IEnumerable<TrainableQuantizer> Quantizers => _parts.SelectMany(static part => part.Quantizers);

    internal override HLayer Result => _result ?? throw new InvalidOperationException($"The layer {Label} is not linked yet; call On first.");

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs)
    {
        var values = Inputs.Zip(inputs).DistinctBy(static pair => pair.First).ToDictionary(static pair => pair.First, static pair => pair.Second);
        foreach (var part in _parts)
        {
            values[part] = part.Compute([.. part.Inputs.Select(input => values[input])]);
        }

        return values[Result];
    }

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => Result.OutputBits();

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits() => Result.ExactOutputBits();

    /// <inheritdoc/>
    public override double[] ExactOutputWidths() => Result.ExactOutputWidths();

    /// <inheritdoc/>
    public override void InitializeWeights(Func<double> uniform)
    {
        foreach (var part in _parts)
        {
            part.InitializeWeights(uniform);
        }
    }

    /// <summary>Makes and links the parts.</summary>
    /// <param name="inputs">The layers that the block reads.</param>
    /// <returns>The part that has the block's output.</returns>
    protected abstract HLayer Compose(IReadOnlyList<HLayer> inputs);

    /// <summary>Links a part.</summary>
    /// <param name="role">What it is called inside the block; empty for the last part.</param>
    /// <param name="layer">A layer that is not linked yet.</param>
    /// <param name="inputs">The layers it reads.</param>
    protected HLayer Part(string role, HLayer layer, params HLayer[] inputs)
    {
        ArgumentNullException.ThrowIfNull(layer);
        layer.BelongTo(this, role);
        return layer.On(inputs);
    }

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes)
    {
        _result = Compose(Inputs).Result;
        _parts = [.. LayerOrder.Sort(Inputs, [_result])];
        return _result.OutputShape;
    }
}
