using System;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Descriptions;

/// <content>Normalization and what is made of several layers.</content>
internal static partial class LayerKinds
{
    private static LayerMaker BatchNormalization(LayerOptions options)
    {
        Activation activation = options.ReadActivation();
        double? beta = options.Beta();
        BatchNormOptions norm = LayerOptions.Norm(options.Members);
        Func<LayerDefaults, IQuantizerConfig> kernel = options.KernelQuantizer(), output = options.OutputQuantizer();
        Func<LayerDefaults, IQuantizerConfig?> bias = options.BiasQuantizer();
        return (name, defaults) => new HBatchNormalization(beta ?? 0, activation, kernel(defaults), output(defaults), norm, name, bias(defaults));
    }

    private static LayerMaker Softmax(LayerOptions options)
    {
        int axis = options.Members.Integer("axis", -8, 8, otherwise: -1);
        double? beta = options.Beta();
        double scale = options.Members.OptionalNumber("inputScale", 1e-9, 1e9) ?? 1;
        Func<LayerDefaults, SoftmaxOptions> inner = SoftmaxQuantizers(options, options.Members);
        return (name, defaults) => new HSoftmax(inner(defaults) with { Axis = axis, InputScale = scale, Beta = beta ?? 0 }, name);
    }

    private static LayerMaker Attention(LayerOptions options)
    {
        DescriptionObject members = options.Members;
        int heads = members.Size("heads"), keySize = members.Size("keySize");
        int valueSize = members.Size("valueSize", otherwise: keySize), outputSize = members.Integer("outputSize", 0, 1 << 24, otherwise: 0);
        bool useBias = members.Flag("bias", otherwise: true);
        double? beta = options.Beta();
        Func<LayerDefaults, IQuantizerConfig> kernel = options.KernelQuantizer(), output = options.OutputQuantizer();
        Func<LayerDefaults, IQuantizerConfig?> bias = options.BiasQuantizer();
        Func<LayerDefaults, IQuantizerConfig?> scores = options.InnerQuantizer(members, "scores"), mixed = options.InnerQuantizer(members, "mixed");
        DescriptionObject? inner = members.Object("softmax");
        Func<LayerDefaults, SoftmaxOptions> softmax = inner is null ? static _ => new SoftmaxOptions() : SoftmaxQuantizers(options, inner);
        inner?.Finish();
        return (name, defaults) =>
        {
            var projection = new DenseQuantizers(kernel(defaults), output(defaults), bias(defaults));
            return new HMultiHeadAttention(
                new AttentionOptions(heads, keySize)
                {
                    ValueDim = valueSize,
                    OutputDim = outputSize == 0 ? null : outputSize,
                    UseBias = useBias,
                    Beta = beta ?? 0,
                    Query = projection,
                    Key = projection,
                    Value = projection,
                    Output = projection,
                    Scores = scores(defaults),
                    Mixed = mixed(defaults),
                    Softmax = softmax(defaults),
                },
                name);
        };
    }

    private static Func<LayerDefaults, SoftmaxOptions> SoftmaxQuantizers(LayerOptions options, DescriptionObject members)
    {
        bool subtract = members.Flag("subtractMaximum", otherwise: true);
        Func<LayerDefaults, IQuantizerConfig?> input = options.InnerQuantizer(members, "exponentialInput");
        Func<LayerDefaults, IQuantizerConfig?> exponential = options.InnerQuantizer(members, "exponential");
        Func<LayerDefaults, IQuantizerConfig?> sum = options.InnerQuantizer(members, "sum"), reciprocal = options.InnerQuantizer(members, "reciprocal");
        Func<LayerDefaults, IQuantizerConfig?> output = options.InnerQuantizer(members, "quantizer");
        return defaults => new SoftmaxOptions
        {
            SubtractMaximum = subtract,
            ExponentialInput = input(defaults),
            Exponential = exponential(defaults),
            Sum = sum(defaults),
            Reciprocal = reciprocal(defaults),
            Paq = output(defaults),
        };
    }
}
