using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Graph;

/// <summary>Derives the shape of every layer's output and refuses what does not fit; the one place that knows shape rules.</summary>
public sealed partial class ShapeInference : ILayerVisitor<TensorShape>
{
    private readonly Dictionary<string, TensorShape> _shapes = new(StringComparer.Ordinal);

    private readonly bool _anyOverflow;

    private ShapeInference(bool anyOverflow) => _anyOverflow = anyOverflow;

    /// <summary>Shapes of all layers by name.</summary>
    /// <exception cref="ModelGraphException">A name, a reference or a shape is wrong.</exception>
    public static IReadOnlyDictionary<string, TensorShape> Infer(ModelGraph graph) => Infer(graph, anyOverflow: false);

    /// <summary>The same; a file may name every overflow mode, also the one that no back end implements.</summary>
    internal static IReadOnlyDictionary<string, TensorShape> Infer(ModelGraph graph, bool anyOverflow)
    {
        var inference = new ShapeInference(anyOverflow);
        foreach (var layer in graph.Layers)
        {
            inference.Add(layer);
        }

        inference.CheckOutputs(graph);
        return inference._shapes;
    }

    private void Add(LayerNode layer)
    {
        if (string.IsNullOrEmpty(layer.Name))
        {
            throw new ModelGraphException(GraphErrorCodes.DuplicateName, string.Empty, "a layer has no name; name every layer");
        }

        if (_shapes.ContainsKey(layer.Name))
        {
            throw new ModelGraphException(GraphErrorCodes.DuplicateName, layer.Name, "the name is used twice; names must be unique");
        }

        foreach (var input in layer.Inputs)
        {
            if (!_shapes.ContainsKey(input))
            {
                throw new ModelGraphException(
                    GraphErrorCodes.MissingInput,
                    layer.Name,
                    $"reads '{input}', which is no layer before it; layers stand in topological order and cycles are not possible");
            }
        }

        var shape = layer.Accept(this);
        RequireSize(layer, shape);
        _shapes.Add(layer.Name, shape);
    }

    private void CheckOutputs(ModelGraph graph)
    {
        if (graph.Outputs.Length == 0 || !graph.Layers.OfType<InputLayer>().Any())
        {
            throw new ModelGraphException(GraphErrorCodes.Incomplete, string.Empty, "a model needs at least one input and one output");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in graph.Outputs)
        {
            if (!names.Add(output.Name))
            {
                throw new ModelGraphException(GraphErrorCodes.DuplicateName, output.Layer, $"two outputs are named '{output.Name}'");
            }

            if (!_shapes.ContainsKey(output.Layer))
            {
                throw new ModelGraphException(GraphErrorCodes.MissingInput, output.Layer, $"output '{output.Name}' names a layer that does not exist");
            }
        }
    }

    private static void RequireSize(LayerNode layer, TensorShape shape)
    {
        long size = 1;
        foreach (var dimension in shape.Dimensions)
        {
            if (dimension < 1)
            {
                throw Mismatch(layer, $"its output would have the shape {shape}; every size must be at least 1");
            }

            size *= dimension;
            if (size > MaximumElements)
            {
                throw Mismatch(layer, $"its output {shape} has more than {MaximumElements} elements");
            }
        }
    }

    /// <summary>Largest number of elements of one tensor.</summary>
    public const int MaximumElements = 1 << 26;

    private static ModelGraphException Mismatch(LayerNode layer, string problem)
        => new(GraphErrorCodes.ShapeMismatch, layer.Name, problem);

    private static ModelGraphException Invalid(LayerNode layer, string problem)
        => new(GraphErrorCodes.InvalidOption, layer.Name, problem);

    private TensorShape Quantized(LayerNode layer, QuantizerSpec? quantizer, TensorShape shape)
    {
        if (quantizer is not null)
        {
            if (quantizer.Format.Shape != shape)
            {
                throw Mismatch(layer, $"its quantizer has formats for {quantizer.Format.Shape}, its result has the shape {shape}");
            }

            RequireWidths(layer, "quantizer", quantizer.Format);
            if (quantizer.Overflow == OverflowMode.WrapSignMagnitude && !_anyOverflow)
            {
                throw new ModelGraphException(
                    GraphErrorCodes.UnsupportedOverflow,
                    layer.Name,
                    "overflow mode WrapSignMagnitude is not implemented by any back end; use Wrap, Saturate, SaturateSymmetric or SaturateToZero");
            }
        }

        return shape;
    }

    private static void RequireWidths(LayerNode layer, string what, TensorFormat format)
    {
        for (var e = 0; e < format.Elements.Length; e++)
        {
            if (format[e].Width > FixedPointFormat.MaxWidth)
            {
                throw new ModelGraphException(
                    GraphErrorCodes.WidthAbove64,
                    layer.Name,
                    $"element {e} of its {what} has the format {format[e]}, {format[e].Width} bits; at most {FixedPointFormat.MaxWidth} are supported");
            }
        }
    }

    private static void RequireConstants(LayerNode layer, string what, IntegerTensor tensor)
    {
        if (tensor.Raw.Length != tensor.Shape.Size || tensor.Format.Elements.Length != tensor.Shape.Size)
        {
            throw Mismatch(layer, $"its {what} has {tensor.Raw.Length} numbers for the shape {tensor.Shape}");
        }

        RequireWidths(layer, what, tensor.Format);
        for (var e = 0; e < tensor.Raw.Length; e++)
        {
            var format = tensor.Format[e];
            if (!format.ContainsStorage(tensor.Raw[e]))
            {
                throw new ModelGraphException(
                    GraphErrorCodes.ValueOutsideFormat,
                    layer.Name,
                    FormattableString.Invariant($"element {e} of its {what} is {tensor.Raw[e]}, outside its format {format} with raw range {format.RawInterval}"));
            }
        }
    }
}
