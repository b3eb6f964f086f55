using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Descriptions;

/// <content>Layers with weights or an output quantizer.</content>
internal static partial class LayerKinds
{
    private static LayerMaker Quantize(LayerOptions options)
    {
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HQuantize(quantizer(defaults), name);
    }

    private static LayerMaker ReadSignature(LayerOptions options)
    {
        bool signed = options.Members.Flag("signed", otherwise: true);
        int bits = options.Members.Integer("bits", 0, 64), integerBits = options.Members.Integer("integerBits", -64, 64);
        return (name, _) => new Signature(signed, bits, integerBits, name);
    }

    private static LayerMaker Dense(LayerOptions options)
    {
        Func<LayerDefaults, int> units = options.Units();
        Activation activation = options.ReadActivation();
        double? beta = options.Beta();
        bool bias = options.Members.Flag("bias", otherwise: true);
        BatchNormOptions? norm = options.BatchNorm();
        int axis = options.Members.Integer("axis", -8, 8, otherwise: -1);
        Func<LayerDefaults, IQuantizerConfig> kernel = options.KernelQuantizer(), output = options.OutputQuantizer();
        Func<LayerDefaults, IQuantizerConfig?> biasQuantizer = options.BiasQuantizer();
        HDense Make(string? name, LayerDefaults defaults) => norm is null
            ? new HDense(units(defaults), activation, beta ?? 0, bias, kernel(defaults), output(defaults), name, biasQuantizer(defaults))
            : new HDenseBatchNorm(units(defaults), activation, beta ?? 0, bias, kernel(defaults), output(defaults), norm, name, biasQuantizer(defaults));
        return (name, defaults) => axis == -1 ? Make(name, defaults) : new HDenseOnAxis(axis, Make(null, defaults), name);
    }

    private static LayerMaker Conv(LayerOptions options, int rank)
    {
        int[] counts = [.. new[] { 1, rank }.Distinct()];
        DescriptionObject members = options.Members;
        var fixedOptions = new ConvOptions(members.Size("filters"), members.Integers("kernel", 1, counts))
        {
            Strides = members.OptionalIntegers("strides", 1, counts) ?? [1],
            Dilations = members.OptionalIntegers("dilations", 1, counts) ?? [1],
            Padding = options.ReadPadding(causal: rank == 1),
            Groups = members.Size("groups", otherwise: 1),
            ParallelFactor = members.Size("parallelFactor", otherwise: 1),
            Activation = options.ReadActivation(),
            UseBias = members.Flag("bias", otherwise: true),
            Beta = options.Beta() ?? 0,
        };
        BatchNormOptions? norm = options.BatchNorm();
        Func<LayerDefaults, IQuantizerConfig> kernel = options.KernelQuantizer(), output = options.OutputQuantizer();
        Func<LayerDefaults, IQuantizerConfig?> bias = options.BiasQuantizer();
        return (name, defaults) =>
        {
            ConvOptions own = fixedOptions with { Kq = kernel(defaults), Paq = output(defaults), Bq = bias(defaults) };
            return (rank, norm) switch
            {
                (1, null) => new HConv1D(own, name),
                (1, _) => new HConv1DBatchNorm(own, norm, name),
                (_, null) => new HConv2D(own, name),
                _ => new HConv2DBatchNorm(own, norm, name),
            };
        };
    }

    private static LayerMaker ReadActivation(LayerOptions options)
    {
        UnaryFunction function = options.Function();
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HActivation(function, quantizer(defaults), name);
    }

    private static LayerMaker Add(LayerOptions options)
    {
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HAdd(quantizer(defaults), name);
    }

    private static LayerMaker Subtract(LayerOptions options)
    {
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HSubtract(quantizer(defaults), name);
    }

    private static LayerMaker Maximum(LayerOptions options)
    {
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HMaximum(quantizer(defaults), name);
    }

    private static LayerMaker Minimum(LayerOptions options)
    {
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HMinimum(quantizer(defaults), name);
    }

    private static LayerMaker Sum(LayerOptions options)
    {
        int[] axes = Array.ConvertAll(options.Members.Integers("axes", -8), static d => (int)d);
        bool keep = options.Members.Flag("keepDimensions", otherwise: false);
        int shift = options.Members.Integer("shift", -32, 32, otherwise: 0);
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HSum(axes, keep, shift, quantizer(defaults), name);
    }

    private static LayerMaker Multiply(LayerOptions options)
    {
        double? beta = options.Beta();
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HMultiply(beta ?? 0, quantizer(defaults), name);
    }

    private static LayerMaker MatMul(LayerOptions options)
    {
        double? beta = options.Beta();
        Func<LayerDefaults, IQuantizerConfig> quantizer = options.OutputQuantizer();
        return (name, defaults) => new HMatMul(beta ?? 0, quantizer(defaults), name);
    }
}
