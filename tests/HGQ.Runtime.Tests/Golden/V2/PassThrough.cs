using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden.V2;

/// <summary>No quantizer: recorded layers of the second version quantize their inputs, and outputs only where they say so.</summary>
internal sealed record PassThrough : IQuantizerConfig
{
    public static PassThrough Config { get; } = new();

    public bool AdaptToWeights => false;

    public SkipDims Shared => SkipDims.All;

    public TrainableQuantizer Create(RoundingStrategy auto, bool record) => new Quantizer();

    private sealed class Quantizer() : TrainableQuantizer(nameof(PassThrough))
    {
        public override bool IsBuilt => true;

        public override bool Trainable => false;

        public override RoundingMode Rounding => RoundingMode.Truncate;

        public override void Build(IReadOnlyList<long> shape, string name) => Name = name;

        public override KernelQuantization QuantizeKernel(torch.Tensor kernel, bool training) => new(kernel, () => torch.zeros_like(kernel));

        public override torch.Tensor QuantizeBias(torch.Tensor bias, bool training, int channelLoc = -1) => bias;

        public override ActivationQuantization QuantizeActivation(torch.Tensor x, bool training, bool relu = false, torch.Tensor? bias = null)
        {
            var y = bias is null ? x : x + bias;
            return new ActivationQuantization(relu ? y.relu() : y, () => torch.zeros(1, dtype: x.dtype));
        }

        public override torch.Tensor ActivationBits(bool posOnly) => torch.zeros(1);

        public override FixedPointBits ExactActivationBits(bool posOnly) => throw new NotSupportedException("A value that is not quantized has no width.");

        public override void ResetRecord()
        {
        }

        public override void Widen(double factor, (double Low, double High)? limits = null)
        {
        }

        public override void AdaptToWeights(torch.Tensor reference)
        {
        }

        public override torch.Tensor? Penalty() => null;

        protected override void RegisterComponents()
        {
        }
    }
}
