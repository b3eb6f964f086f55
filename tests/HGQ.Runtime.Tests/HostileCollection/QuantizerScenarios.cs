using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>Each quantizer by itself, with every rounding, overflow and type, and no scope around its calls.</summary>
internal static class QuantizerScenarios
{
    private static readonly long[] Shape = [12, 5];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. from rounding in Enum.GetValues<RoundingStrategy>()
           from type in new[] { torch.float32, torch.float64 }
           from exact in new[] { true, false }
           where rounding != RoundingStrategy.Auto
           select new Scenario(
               $"hgq {rounding} {type} {(exact ? "integral" : "real")} widths", transcript => Hgq(rounding, type, exact, transcript)),
        .. from parametrisation in Enum.GetValues<Parametrisation>()
           from overflow in new[] { OverflowMode.Wrap, OverflowMode.Saturate, OverflowMode.SaturateSymmetric }
           from fused in new[] { true, false }
           select new Scenario(
               $"{parametrisation} {overflow} {(fused ? "fused" : "operators")}",
               transcript => FixedPoint(parametrisation, overflow, fused, transcript)),
    ];

    private static void Hgq(RoundingStrategy rounding, torch.ScalarType type, bool exact, Transcript transcript)
    {
        using var quantizer = new HgqQuantizer(2, SkipDims.Batch, rounding, exact, type, minmaxRecord: true);
        using torch.Tensor x = Numbers(type);
        quantizer.Build([-1, Shape[1]], "quantizer");
        transcript.Add(quantizer.Call(x, training: true));
        transcript.Add(quantizer.QuantizeBias(NewTensor.Of([0.3, -0.7, 1.1, 0, 2.6], type), training: true));
        foreach (bool relu in new[] { false, true })
        {
            Backward(quantizer, x, relu, transcript);
            transcript.Add(quantizer.GetBits(posOnly: relu).Width());
            transcript.Add(quantizer.GetBits(x, posOnly: relu).Magnitude());
            transcript.Add(quantizer.GetBitsExact(posOnly: relu).Widths());
        }

        quantizer.AdaptToWeights(x);
        transcript.Add(quantizer.Fbw);
        quantizer.Widen(1.5);
        transcript.Add(quantizer.Min);
        quantizer.ResetRecord();
        transcript.Add(quantizer.Max);
    }

    private static void FixedPoint(Parametrisation parametrisation, OverflowMode overflow, bool fused, Transcript transcript)
    {
        var config = new FixedPointQuantizerConfig { Parametrisation = parametrisation, Overflow = overflow, SkipDims = SkipDims.Batch };
        using var quantizer = new FixedPointQuantizer(config) { UseFusedPasses = fused };
        using torch.Tensor x = Numbers(torch.float32);
        quantizer.Build([-1, Shape[1]], "quantizer");
        transcript.Add(quantizer.Forward(x, training: true));
        transcript.Add(quantizer.QuantizeBias(NewTensor.Of([0.3, -0.7, 1.1, 0, 2.6], torch.float32), training: true));
        foreach (bool relu in new[] { false, true })
        {
            Backward(quantizer, x, relu, transcript);
            quantizer.BeginTracing();
            transcript.Add(quantizer.QuantizeActivation(x, training: false, relu).Value);
            quantizer.EndTracing();
            transcript.Add(quantizer.ExactActivationBits(relu).Widths());
        }

        quantizer.Widen(1.5);
        transcript.Add(quantizer.IntegerBits);
        quantizer.AdaptToWeights(x);
        transcript.Add(quantizer.IntegerBits);
        transcript.Add(quantizer.InferenceKernel(x));
    }

    private static void Backward(TrainableQuantizer quantizer, torch.Tensor x, bool relu, Transcript transcript)
    {
        using var values = new Parameter(x.Clone());
        ActivationQuantization activation = quantizer.QuantizeActivation(values, training: true, relu);
        KernelQuantization kernel = quantizer.QuantizeKernel(values, training: true);
        torch.Tensor cost = quantizer.ActivationBits(relu).Sum().Add(kernel.Bits().Sum());
        torch.Tensor loss = activation.Value.Multiply(kernel.Value).Sum().Add(cost);
        loss.Backward();
        transcript.Add(loss);
        transcript.Add(values.Gradient()!);
        foreach (Parameter parameter in quantizer.parameters())
        {
            transcript.Add(parameter.Gradient() ?? NewTensor.Zeros([]));
            parameter.ClearGradient();
        }
    }

    private static torch.Tensor Numbers(torch.ScalarType type)
    {
        var random = new Random(5);
        return NewTensor.Of([.. Enumerable.Range(0, (int)(Shape[0] * Shape[1])).Select(_ => (4 * random.NextDouble()) - 2)], Shape, type);
    }
}
