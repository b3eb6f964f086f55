using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Cost;

/// <summary>
/// The terms that HGQ2 0.2 counts besides products: dense, convolution, batch norm: products + mean bits(bias)·outputs; add, sum:
/// 0.65·(Σ bits − Σ min); maximum, minimum: Σ bits − Σ min; subtract: Σ max; products of activations: Σ bits·bits; pooling: Σ bits(x);
/// table: 1e-4·Σ 2^bits(in)·bits(out). A softmax counts its sum in full and bits(input) for maximum and subtraction. Each layer says
/// which of them are its own.
/// </summary>
internal static class Hgq2Count
{
    /// <summary>What an adder counts of a bit.</summary>
    public const double AdderFactor = 0.65;

    private const double TableFactor = 1e-4;

    /// <summary>The mean width of a bias, for every output; nothing where it has no widths of its own.</summary>
    public static IEnumerable<CostTerm> Bias(torch.Tensor? bits, IReadOnlyList<long> outputs) =>
        bits is null ? [] : [Sum(bits, (double)Elements(outputs) / bits.Count)];

    /// <summary>All widths but the smallest, element by element.</summary>
    /// <param name="bits">Widths of each input, all of one shape.</param>
    /// <param name="factor">What a bit counts.</param>
    public static CostTerm AllButLeast(IReadOnlyList<torch.Tensor> bits, double factor) =>
        Sum(bits.Aggregate((a, b) => a.Add(b)).Subtract(bits.Aggregate((a, b) => a.Minimum(b))), factor);

    /// <summary>All widths but the smallest over dimensions of one input.</summary>
    public static CostTerm AllButLeast(torch.Tensor bits, IReadOnlyList<long> axes, double factor) =>
        Sum(bits.Sum([.. axes]).Subtract(bits.Amin([.. axes])), factor);

    /// <summary>A table, one for each element.</summary>
    /// <param name="input">Widths of what is looked up.</param>
    /// <param name="output">Widths of what is found.</param>
    /// <param name="outputs">Shape of the outputs without the batch.</param>
    public static CostTerm Table(torch.Tensor input, torch.Tensor output, IReadOnlyList<long> outputs)
    {
        var entries = input.Exp2().Contiguous();
        return new CostTerm(entries, output.BroadcastTo([1, .. outputs]).Contiguous(), TableFactor);
    }

    /// <summary>Elements that share a width, which then stands for several.</summary>
    public static double Repeats(torch.Tensor bits, IReadOnlyList<long> outputs) => (double)Elements(outputs) / bits.Count;

    /// <summary>The sum of widths.</summary>
    public static CostTerm Sum(torch.Tensor bits, double factor = 1)
    {
        var plain = bits.Contiguous();
        return new CostTerm(plain, NewTensor.OnesLike(plain), factor);
    }

    private static long Elements(IReadOnlyList<long> shape) => shape.Aggregate(1L, static (size, n) => size * n);
}
