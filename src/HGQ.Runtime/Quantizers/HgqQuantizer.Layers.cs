using TorchSharp;

namespace HGQ.Runtime.Quantizers;

public sealed partial class HgqQuantizer
{
    /// <inheritdoc/>
    public override KernelQuantization QuantizeKernel(torch.Tensor kernel, bool training)
    {
        var value = Call(kernel, training, recordMinmax: false);
        return new KernelQuantization(value, () =>
        {
            var bits = GetBits(value, quantized: true).Magnitude();
            return ScaleGradient(bits, GradientScale).broadcast_to(value.shape);
        });
    }

    /// <inheritdoc/>
    public override torch.Tensor QuantizeBias(torch.Tensor bias, bool training, int channelLoc = -1) =>
        BiasForward(bias, training, channelLoc);

    /// <inheritdoc/>
    public override ActivationQuantization QuantizeActivation(torch.Tensor x, bool training, bool relu = false)
    {
        var value = Call(x, training);
        return new ActivationQuantization(relu ? value.relu() : value, () => ActivationBits(relu));
    }
}
