using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Convolution: padding as an index map, then one constant product whose kernel slides over the positions.</summary>
internal static class ConvLowering
{
    public static LoweredTensor Lower(LoweringContext context, ConvLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var axes = SpatialAxis.All(input.Shape, layer.Kernel.Shape.Dimensions, layer.Strides, layer.Dilations, layer.Padding);
        var padded = SpatialAxis.Pad(context, layer.Name, input, axes);
        var output = context.ShapeOf(layer);
        var geometry = Geometry(axes, padded.Shape, layer, output);
        double scale = (double)layer.ParallelFactor / geometry.Positions;
        var weights = Reorder(layer.Kernel, geometry);
        context.AddCost(layer.Name, geometry.Cost(context.Buffer(padded), weights.Raw, scale));
        var source = Alignment.ByChannel(context, layer.Name, padded);
        var sum = ConstantProduct.Emit(
            context, layer.Name, source, geometry, weights, Constants.OfOptional(layer.Bias), output);
        return Quantization.Finish(context, layer.Name, sum, layer.Activation, layer.Quantizer);
    }

    private static ProductGeometry Geometry(SpatialAxis[] axes, TensorShape padded, ConvLayer layer, TensorShape output)
    {
        int channels = padded.Channels, perGroup = channels / layer.Groups;
        int[] positions = SpatialAxis.Offsets(axes.Select(a => (a.Outputs, a.Stride)).ToArray(), padded);
        int[] window = SpatialAxis.Offsets(axes.Select(a => (a.Window, a.Dilation)).ToArray(), padded);
        var taps = new int[layer.Groups * window.Length * perGroup];
        for (var g = 0; g < layer.Groups; g++)
        {
            for (var t = 0; t < window.Length * perGroup; t++)
            {
                taps[(g * window.Length * perGroup) + t] = window[t / perGroup] + (g * perGroup) + (t % perGroup);
            }
        }

        return new ProductGeometry(positions.Length, layer.Groups, window.Length * perGroup, output.Channels / layer.Groups, positions, taps);
    }

    // The file stores [taps…, in / groups, groups · out]; the instruction wants [group, tap, out].
    private static ScaledConstants Reorder(IntegerTensor kernel, ProductGeometry geometry)
    {
        var all = Constants.Of(kernel);
        if (geometry.Groups == 1)
        {
            return all;
        }

        var raw = new long[all.Raw.Length];
        var bits = new int[raw.Length];
        int outputs = geometry.Outputs, columns = geometry.Groups * outputs;
        for (var w = 0; w < raw.Length; w++)
        {
            int o = w % outputs, t = w / outputs % geometry.Taps, g = w / outputs / geometry.Taps;
            int from = (t * columns) + (g * outputs) + o;
            raw[w] = all.Raw[from];
            bits[w] = all.FractionBits[from];
        }

        return new ScaledConstants(raw, bits);
    }
}
