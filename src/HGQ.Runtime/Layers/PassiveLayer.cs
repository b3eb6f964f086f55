using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>A layer that only moves elements: widths travel with them, and it costs no EBOPs.</summary>
public abstract class PassiveLayer : HLayer
{
    /// <summary>Names it.</summary>
    protected PassiveLayer(string? name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override bool IsNonNegative => Inputs.All(input => input.IsNonNegative);

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => Move(inputs);

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => Move([.. Inputs.Select((_, i) => InputBits(i))]);

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits()
    {
        FixedPointBits[] sources = [.. Inputs.Select(input => input.ExactOutputBits())];
        var all = new FixedPointBits(
            [sources.Sum(s => (long)s.Count)],
            [.. sources.SelectMany(s => s.KeepNegative)],
            [.. sources.SelectMany(s => s.IntegerBits)],
            [.. sources.SelectMany(s => s.FractionBits)]);
        return all.Gather(OutputShape, SourceIndices());
    }

    /// <inheritdoc/>
    public override double[] ExactOutputWidths()
    {
        double[] all = [.. Inputs.SelectMany(input => input.ExactOutputWidths())];
        return Array.ConvertAll(SourceIndices(), index => all[index]);
    }

    /// <summary>Where each element of the output comes from: an index into the inputs' elements, one input behind the other.</summary>
    public int[] SourceIndices()
    {
        using var scope = torch.NewDisposeScope();
        var positions = new List<torch.Tensor>();
        long start = 0;
        foreach (var input in Inputs)
        {
            var count = FixedPointBits.Size(input.OutputShape);
            positions.Add(NewTensor.Range(start, start + count).Reshape([1, .. input.OutputShape]));
            start += count;
        }

        return Array.ConvertAll(Move(positions).Contiguous().Elements<long>(), index => (int)index);
    }

    /// <summary>The movement, of values, widths or positions, each with a batch dimension.</summary>
    protected abstract torch.Tensor Move(IReadOnlyList<torch.Tensor> inputs);
}
