using System;
using System.Collections.Generic;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>A real-valued input port of a model.</summary>
public sealed class HInput : HLayer
{
    private readonly long[] _shape;

    /// <summary>Declares a port.</summary>
    /// <param name="shape">Shape without the batch dimension.</param>
    /// <param name="name">Unique in its model.</param>
    public HInput(IReadOnlyList<long> shape, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = [.. shape];
        if (Array.Exists(_shape, static size => size < 1))
        {
            throw new ArgumentException(
                $"The input {Label} has the shape [{string.Join(", ", _shape)}]; every size is at least 1, and the batch is not named.",
                nameof(shape));
        }

        On();
    }

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (0, 0);

    /// <inheritdoc/>
    private protected override IReadOnlyList<IReadOnlyList<long>> ReadShapes => [OutputShape];

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => inputs[0];

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => throw Unquantized();

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits() => throw Unquantized();

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) => _shape;

    private InvalidOperationException Unquantized() =>
        new($"The input {Label} has no width: put an HQuantize or a Signature between it and the layers that read it.");
}
