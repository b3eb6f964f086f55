using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Windows along one spatial axis.</summary>
/// <param name="Size">Elements of the axis.</param>
/// <param name="Window">Elements of a window.</param>
/// <param name="Stride">Distance of windows.</param>
/// <param name="Dilation">Distance of a window's elements.</param>
/// <param name="Outputs">Number of windows.</param>
/// <param name="Before">Padding in front.</param>
/// <param name="After">Padding behind.</param>
internal sealed record SpatialAxis(int Size, int Window, int Stride, int Dilation, int Outputs, int Before, int After)
{
    /// <summary>The spatial axes of a window operation.</summary>
    public static SpatialAxis[] All(
        TensorShape input, EquatableArray<int> window, EquatableArray<int> strides, EquatableArray<int> dilations, PaddingKind padding)
        => Enumerable.Range(0, input.Rank - 1).Select(a => new SpatialAxis(
            input[a],
            window[a],
            strides[a],
            dilations[a],
            WindowGeometry.OutputSize(input[a], window[a], strides[a], dilations[a], padding),
            WindowGeometry.PaddingBefore(input[a], window[a], strides[a], dilations[a], padding),
            WindowGeometry.PaddingAfter(input[a], window[a], strides[a], dilations[a], padding))).ToArray();

    /// <summary>The tensor with zeros around it, or itself where there is no padding.</summary>
    public static LoweredTensor Pad(LoweringContext context, string layer, LoweredTensor input, SpatialAxis[] axes)
    {
        if (axes.All(axis => axis.Before == 0 && axis.After == 0))
        {
            return input;
        }

        var sizes = axes.Select(a => a.Before + a.Size + a.After).Append(input.Shape.Channels).ToArray();
        var shape = new TensorShape(sizes);
        var strides = input.Shape.Strides();
        var indices = new int[shape.Size];
        for (var e = 0; e < indices.Length; e++)
        {
            int rest = e / shape.Channels, index = e % shape.Channels;
            for (int axis = axes.Length - 1; axis >= 0; axis--)
            {
                int at = (rest % sizes[axis]) - axes[axis].Before;
                rest /= sizes[axis];
                index = index < 0 || at < 0 || at >= axes[axis].Size ? -1 : index + (at * strides[axis]);
            }

            indices[e] = index;
        }

        return context.Gather(layer, "padded", input, shape, indices);
    }

    /// <summary>Element offsets of a grid: count and distance per spatial axis, row-major.</summary>
    public static int[] Offsets((int Count, int Distance)[] grid, TensorShape shape)
    {
        var strides = shape.Strides();
        var offsets = new[] { 0 };
        for (var axis = 0; axis < grid.Length; axis++)
        {
            int step = strides[axis] * grid[axis].Distance, count = grid[axis].Count;
            offsets = offsets.SelectMany(offset => Enumerable.Range(0, count).Select(n => offset + (n * step))).ToArray();
        }

        return offsets;
    }
}
