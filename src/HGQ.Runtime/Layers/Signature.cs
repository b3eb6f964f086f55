using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>Declares that the input already is on a fixed-point grid; changes nothing and costs nothing.</summary>
public sealed class Signature : HLayer
{
    /// <summary>Declares a format for all elements.</summary>
    /// <param name="keepNegative">Whether values are signed.</param>
    /// <param name="bits">Whole width, the sign included.</param>
    /// <param name="intBits">Integer bits, the sign included.</param>
    /// <param name="name">Unique in its model.</param>
    public Signature(bool keepNegative, int bits, int intBits, string? name = null)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        KeepNegative = keepNegative;
        Bits = bits;
        IntBits = intBits;
    }

    /// <summary>Whether values are signed.</summary>
    public bool KeepNegative { get; }

    /// <summary>Whole width, the sign included.</summary>
    public int Bits { get; }

    /// <summary>Integer bits, the sign included.</summary>
    public int IntBits { get; }

    /// <inheritdoc/>
    public override bool IsNonNegative => !KeepNegative;

    /// <inheritdoc/>
    protected internal override torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs) => inputs[0];

    /// <inheritdoc/>
    public override torch.Tensor OutputBits() => NewTensor.Full([1, .. OutputShape], (double)Bits, dtype: torch.float32);

    /// <inheritdoc/>
    public override FixedPointBits ExactOutputBits()
    {
        var count = (int)OutputShape.Aggregate(1L, (size, n) => size * n);
        var k = KeepNegative ? 1 : 0;
        int[] Repeat(int value) => [.. Enumerable.Repeat(value, count)];
        return new FixedPointBits(OutputShape, Repeat(k), Repeat(IntBits - k), Repeat(Bits - IntBits));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes) => inputShapes[0];
}
