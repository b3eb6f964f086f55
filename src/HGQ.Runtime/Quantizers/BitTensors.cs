using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>Training-time bits of a quantizer, of the shape of its widths.</summary>
/// <param name="IntegerBits">Integer bits without the sign; −∞ where every value is 0. No gradient.</param>
/// <param name="FractionBits">Rounded fraction bits, with a straight-through gradient to the widths.</param>
/// <param name="KeepNegative">1 where a value is negative. No gradient.</param>
public sealed record BitTensors(torch.Tensor IntegerBits, torch.Tensor FractionBits, torch.Tensor KeepNegative)
{
    /// <summary>relu(i + f): the width without the sign.</summary>
    public torch.Tensor Magnitude() => IntegerBits.Add(FractionBits).Relu();

    /// <summary>relu(k + i + f): the width.</summary>
    public torch.Tensor Width() => IntegerBits.Add(FractionBits).Add(KeepNegative).Relu();
}
