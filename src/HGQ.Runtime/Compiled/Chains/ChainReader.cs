using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>Finds out whether a network is a chain that the compiled step can train, and says why where it is none.</summary>
internal static class ChainReader
{
    /// <summary>Reads a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="reason">Why it can't be trained so; empty where it can.</param>
    /// <returns>The chain, or null.</returns>
    public static Chain? TryRead(HgqModel model, out string reason)
    {
        try
        {
            Chain chain = Read(model);
            reason = "";
            return chain;
        }
        catch (UnfitException e)
        {
            reason = e.Message;
            return null;
        }
    }

    private static Chain Read(HgqModel model)
    {
        Require(model.InputPorts.Count == 1, $"the network has {model.InputPorts.Count} inputs, not one");
        Require(model.Outputs.Count == 1, $"the network has {model.Outputs.Count} outputs, not one");
        Require(model.Count == EbopsCount.Products, "its cost is counted as HGQ2 counts");
        Require(model.UseFusedPasses, "fused passes are switched off");
        torch.ScalarType type = model.parameters().Select(static p => p.DataType).FirstOrDefault(torch.ScalarType.Float32);
        Require(model.parameters().All(p => p.DataType == type && TensorMemory.IsPlain(p)),
            "its parameters are not all of one type in main memory");
        ChainActivation? input = null;
        var layers = new List<ChainDense>();
        HLayer previous = model.InputPorts[0];
        foreach (HLayer layer in model.Layers)
        {
            Require(layer.Inputs.Count == 1 && layer.Inputs[0] == previous, $"{layer.Name} does not just read the layer in front of it");
            previous = layer;
            switch (layer)
            {
                case HQuantize quantize when input is null:
                    input = Activation(quantize);
                    break;
                case PReshape or PFlatten:
                    break;
                case HDense dense when input is not null
                    && (dense.GetType() == typeof(HDense) || dense.GetType() == typeof(HDenseBatchNorm)):
                    layers.Add(Dense(dense));
                    break;
                default:
                    throw new UnfitException(FormattableString.Invariant(
                        $"{layer.Name} is of the kind {layer.GetType().Name}; compiled are chains of one quantize layer and dense layers"));
            }
        }

        Require(input is not null && layers.Count > 0 && previous == model.Outputs[0] && previous is HDense,
            "it does not end in a dense layer");
        int features = (int)FixedPointBits.Size(model.InputPorts[0].OutputShape);
        return new Chain(model, type, features, input!, layers);
    }

    private static ChainDense Dense(HDense layer)
    {
        Require(layer.OutputShape.Count == 1, $"{layer.Name} has several positions");
        ChainWeights? bias = layer.BiasQuantizer is { } quantizer ? Weights(quantizer, [layer.Units], layer.Name + ".bq") : null;
        return new ChainDense(layer, Weights(layer.KernelQuantizer, layer.Kernel.Shape, layer.Name + ".kq"), bias, Activation(layer));
    }

    private static ChainActivation Activation(QuantizedOutputLayer layer)
    {
        TrainableQuantizer quantizer = layer.ActivationQuantizer;
        string name = layer.Name + ".paq";
        long size = FixedPointBits.Size(layer.OutputShape);
        switch (quantizer)
        {
            case HgqQuantizer hgq:
                Require(hgq.Fbw.Count == size && hgq.Fbw.Shape[0] == 1, $"{name} has no width of its own for each feature");
                Require(hgq.MinmaxRecord, $"{name} records no range");
                RequireExact(hgq, name);
                return new ChainActivation(hgq, hgq.RndStrategy == RoundingStrategy.Floor, Penalty(hgq, name));
            case FixedPointQuantizer { Config: { Parametrisation: Parametrisation.Kif, Overflow: OverflowMode.Wrap } } fixedPoint:
                Require(
                    fixedPoint.FractionBits.Count == size && fixedPoint.FractionBits.Shape[0] == 1,
                    $"{name} has no format of its own for each feature");
                RequireRounding(fixedPoint, name);
                return new ChainActivation(fixedPoint, fixedPoint.Rounding == RoundingMode.Truncate, Penalty(fixedPoint, name));
            default:
                throw new UnfitException($"{name} is neither an HgqQuantizer nor a FixedPointQuantizer of KIF that wraps");
        }
    }

    private static ChainWeights Weights(TrainableQuantizer quantizer, long[] shape, string name)
    {
        switch (quantizer)
        {
            case HgqQuantizer hgq:
                Require(hgq.Fbw.Shape.SequenceEqual(shape), $"{name} has no width of its own for each weight");
                RequireExact(hgq, name);
                var open = new WeightMode(WeightFormat.Open, Symmetric: false, hgq.RndStrategy == RoundingStrategy.Floor);
                return new ChainWeights(hgq, open, hgq.Fbw, null, hgq.BwClip, BitRange.Unlimited, Penalty(hgq, name));
            case FixedPointQuantizer { Config: { Overflow: not OverflowMode.Wrap, KeepNegative: not false } config } fixedPoint:
                bool isKbi = config.Parametrisation == Parametrisation.Kbi;
                Require(fixedPoint.IntegerBits.Shape.SequenceEqual(shape), $"{name} has no format of its own for each weight");
                RequireRounding(fixedPoint, name);
                var mode = new WeightMode(
                    isKbi ? WeightFormat.Kbi : WeightFormat.Kif,
                    config.Overflow == OverflowMode.SaturateSymmetric,
                    config.Rounding == RoundingMode.Truncate);
                return new ChainWeights(
                    fixedPoint, mode, isKbi ? fixedPoint.Bits : fixedPoint.FractionBits, fixedPoint.IntegerBits,
                    isKbi ? config.BitLimits : config.FractionLimits, config.IntegerLimits, Penalty(fixedPoint, name));
            default:
                throw new UnfitException($"{name} is neither an HgqQuantizer nor a signed FixedPointQuantizer that saturates");
        }
    }

    private static double Penalty(TrainableQuantizer quantizer, string name)
    {
        if (!quantizer.Trainable || quantizer.Regularizer is null)
        {
            return 0;
        }

        Require(quantizer.Regularizer.GetType() == typeof(MonoL1), $"{name} has a regularizer of its own kind");
        return ((MonoL1)quantizer.Regularizer).Weight;
    }

    private static void RequireExact(HgqQuantizer quantizer, string name)
    {
        Require(quantizer.ExactQValue, $"{name} trains with widths that are no integers");
        Require(
            quantizer.RndStrategy is RoundingStrategy.Standard or RoundingStrategy.Floor,
                $"{name} rounds by {quantizer.RndStrategy}");
    }

    private static void RequireRounding(FixedPointQuantizer quantizer, string name) => Require(
        quantizer.Rounding is RoundingMode.RoundHalfUp or RoundingMode.Truncate, $"{name} rounds by {quantizer.Rounding}");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new UnfitException(otherwise);
        }
    }

    private sealed class UnfitException(string reason) : Exception(reason);
}
