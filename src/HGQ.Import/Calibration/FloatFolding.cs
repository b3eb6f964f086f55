using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Scales and normalisations become part of the weights beside them, exactly.</summary>
internal static class FloatFolding
{
    public static void Apply(FloatModel model)
    {
        while (model.Nodes.Any(node => node.Step is AffineStep && (Behind(model, node) || Ahead(model, node))))
        {
            // Each step that goes may bring two others together.
        }
    }

    // (x · K + b) · s + o = x · (K · s) + (b · s + o)
    private static bool Behind(FloatModel model, FloatNode step)
    {
        FloatNode product = model.Node(step.Inputs[0]);
        if ((!product.IsProduct && product.Step is not AffineStep) || model.OnlyReader(product) != step)
        {
            return false;
        }

        int outputs = step.Shape.Channels;
        Rational[] scale = step.Kernel!;
        FloatNode folded = product with
        {
            Kernel = [.. product.Kernel!.Select((weight, w) => weight * scale[w % outputs])],
            Bias = product.Bias is null && step.Bias is null ? null
                : [.. Enumerable.Range(0, outputs).Select(o => (At(product.Bias, o) * scale[o]) + At(step.Bias, o))],
        };
        model.Replace(product, folded);
        model.Remove(step);
        return true;
    }

    // (x · s + o) · K = x · (s · K) + o · K, where no padding puts zeros beside x; a flatten may stand between.
    private static bool Ahead(FloatModel model, FloatNode step)
    {
        FloatNode? product = model.OnlyReader(step);
        if (product is { Step: null, Layer: ReshapeLayer } flatten && flatten.Shape.Rank == 1)
        {
            product = model.OnlyReader(flatten);
        }

        bool offset = step.Bias is not null;
        if (product is null || !product.IsProduct || (offset && product.Layer is ConvLayer { Padding: not PaddingKind.Valid }))
        {
            return false;
        }

        int channels = step.Shape.Channels, outputs = product.Shape.Channels;
        Rational[] kernel = product.Kernel!;
        var bias = new Rational[outputs];
        var folded = new Rational[kernel.Length];
        for (var w = 0; w < kernel.Length; w++)
        {
            int input = InputOf(product, w, outputs, channels);
            folded[w] = kernel[w] * step.Kernel![input];
            bias[w % outputs] += kernel[w] * At(step.Bias, input);
        }

        bool biased = offset || product.Bias is not null;
        model.Replace(product, product with
        {
            Kernel = folded,
            Bias = biased ? [.. bias.Select((b, o) => b + At(product.Bias, o))] : null,
        });
        model.Remove(step);
        return true;
    }

    private static int InputOf(FloatNode product, int weight, int outputs, int channels)
    {
        if (product.Layer is not ConvLayer conv)
        {
            return weight / outputs % channels;
        }

        int perGroup = channels / conv.Groups, outputsPerGroup = outputs / conv.Groups;
        return (weight % outputs / outputsPerGroup * perGroup) + (weight / outputs % perGroup);
    }

    private static Rational At(Rational[]? numbers, int index) => numbers is null ? Rational.Zero : numbers[index];
}
