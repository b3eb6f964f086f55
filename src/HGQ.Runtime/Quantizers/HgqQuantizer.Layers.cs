using System;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

public sealed partial class HgqQuantizer
{
    /// <inheritdoc/>
    public override KernelQuantization QuantizeKernel(torch.Tensor kernel, bool training)
    {
        if (IsFusable(kernel, training) && kernel.Shape.SequenceEqual(Fbw.Shape) && kernel.Rank > 1)
        {
            var down = Strategy(training) == RoundingStrategy.Floor;
            IFusedNode node = kernel.DataType == torch.ScalarType.Float32
                ? new KernelNode<float>(BwClip.Ends, down, training, GradientScale)
                : new KernelNode<double>(BwClip.Ends, down, training, GradientScale);
            var outputs = FusedFunction.Run(node, kernel, Fbw);
            return new KernelQuantization(outputs[0], outputs[1], () => KernelBits(outputs[0])) { WidthSum = training ? outputs[2] : null };
        }

        var value = Call(kernel, training, recordMinmax: false);
        return new KernelQuantization(value, () => KernelBits(value));
    }

    /// <inheritdoc/>
    public override torch.Tensor QuantizeBias(torch.Tensor bias, bool training, int channelLoc = -1) =>
        BiasForward(bias, training, channelLoc);

    /// <inheritdoc/>
    public override ActivationQuantization QuantizeActivation(
        torch.Tensor x, bool training, bool relu = false, torch.Tensor? bias = null)
    {
        var source = UseFusedPasses ? x.Contiguous() : x;
        var columns = Columns(source);
        if (columns > 0 && IsFusable(source, training))
        {
            if (bias is not null && bias.Count != columns)
            {
                (source, bias) = (source.Add(QuantizeBias(bias, training)), null);
            }

            var outputs = RunFused(source, training, relu, bias, BwClip, MinmaxRecord);
            return new ActivationQuantization(outputs.Value, () => Count == EbopsCount.Hgq2 ? ActivationBits(relu) : outputs.Bits)
            {
                Source = relu || bias is not null ? null : LeafSource.Of(source, Fbw, training),
            };
        }

        var sum = bias is null ? x : x.Add(QuantizeBias(bias, training));
        var value = Call(sum, training);
        return new ActivationQuantization(relu ? value.Relu() : value, () => ActivationBits(relu));
    }

    private RoundingStrategy Strategy(bool training) => training ? RndStrategy : InferenceStrategy;

    private torch.Tensor KernelBits(torch.Tensor value) =>
        ScaleGradient(GetBits(value, quantized: true).Magnitude(), GradientScale).BroadcastTo(value.Shape);

    private (torch.Tensor Value, torch.Tensor Bits) RunFused(
        torch.Tensor x, bool training, bool relu, torch.Tensor? bias, BitRange clip, bool record)
    {
        var down = Strategy(training) == RoundingStrategy.Floor;
        var settings = new ActivationSettings(clip.Ends, down, relu, training, GradientScale, Min, Max, record);
        IFusedNode node = x.DataType == torch.ScalarType.Float32 ? new ActivationNode<float>(settings) : new ActivationNode<double>(settings);
        var outputs = bias is null ? FusedFunction.Run(node, x, Fbw) : FusedFunction.Run(node, x, Fbw, bias);
        return (outputs[0], outputs[1]);
    }

    // Random strategies and steps that are no powers of two take the operator path.
    private bool IsFusable(torch.Tensor x, bool training) =>
        UseFusedPasses
        && (ExactQValue || !training)
        && Strategy(training) is RoundingStrategy.Standard or RoundingStrategy.Floor
        && x.DataType == Fbw.DataType
        && TensorMemory.IsPlain(x)
        && TensorMemory.IsPlain(Fbw);

    // Number of widths if they are shared over leading dimensions only (or over all: then of elements in the last one), else 0.
    private int Columns(torch.Tensor x) => x.Count == 0 ? 0 : ColumnPattern.Count(Fbw.Shape, x.Shape);
}
