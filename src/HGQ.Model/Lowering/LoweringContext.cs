using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Cost;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>What layer lowerings share: the tensors so far and the draft they append to.</summary>
internal sealed class LoweringContext
{
    private readonly Dictionary<string, LoweredTensor> _tensors = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, TensorShape> _shapes;
    private readonly Dictionary<string, LayerCost> _costs = new(StringComparer.Ordinal);

    public LoweringContext(ModelGraph graph, IReadOnlyDictionary<string, TensorShape> shapes)
    {
        Graph = graph;
        _shapes = shapes;
        Draft = new ProgramDraft(graph.Name);
    }

    public ModelGraph Graph { get; }

    public ProgramDraft Draft { get; }

    /// <summary>Shape of a layer's output.</summary>
    public TensorShape ShapeOf(LayerNode layer) => _shapes[layer.Name];

    /// <summary>The tensor that <paramref name="reader"/> reads, refused if it is a real input port.</summary>
    public LoweredTensor Integers(string reader, string name)
    {
        var tensor = _tensors[name];
        return tensor.IsReal
            ? throw new ModelGraphException(
                GraphErrorCodes.InputNotQuantized,
                reader,
                $"reads the real input '{name}'; put a quantizer (HQuantize or Signature) between them")
            : tensor;
    }

    /// <summary>The tensor by name, real ports included.</summary>
    public LoweredTensor Any(string name) => _tensors[name];

    public DraftBuffer Buffer(LoweredTensor tensor) => Draft.Buffers[tensor.Buffer];

    /// <summary>Adds to a layer's cost; called once by each lowering that multiplies.</summary>
    public void AddCost(string layer, LayerCost cost) => _costs[layer] = cost;

    /// <summary>Sets the widths that products with the elements of a tensor without a quantizer of its own count.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="width">Width of an element, see <see cref="ProductWidths"/>.</param>
    public LoweredTensor CountWidths(LoweredTensor tensor, Func<int, int> width)
    {
        Buffer(tensor).CountedWidths = Enumerable.Range(0, tensor.Shape.Size).Select(width).ToArray();
        return tensor;
    }

    /// <summary>Registers a layer's result, its probe and its summary.</summary>
    public void Finish(LayerNode layer, LoweredTensor tensor)
    {
        _tensors.Add(layer.Name, tensor);
        var cost = _costs.TryGetValue(layer.Name, out var counted) ? counted : LayerCost.None;
        var kind = layer.GetType().Name;
        kind = kind.Substring(0, kind.Length - "Layer".Length);
        Draft.Layers.Add(new LayerSummary(layer.Name, kind, tensor.Shape, cost.Ebops, cost.Weights, cost.Nonzero, (layer as ConvLayer)?.ParallelFactor ?? 0));
        if (!tensor.IsReal)
        {
            var indices = Enumerable.Range(0, tensor.Shape.Size).ToArray();
            var formats = (FixedPointFormat[])Buffer(tensor).Formats.Clone();
            Draft.Probes.Add(new LayerProbe(layer.Name, tensor.Shape, tensor.Buffer, indices, new long[indices.Length], formats));
        }
    }

    /// <summary>Adds a buffer and the instruction that writes it.</summary>
    public LoweredTensor Emit(
        string layer,
        string purpose,
        TensorShape shape,
        FixedPointFormat[] formats,
        RawInterval[] intervals,
        Func<int, Instruction> instruction)
    {
        var buffer = Draft.AddBuffer(layer, purpose, formats, intervals, shape.Channels);
        Draft.Instructions.Add(instruction(buffer));
        return new LoweredTensor(shape, buffer);
    }

    /// <summary>Copies elements by index; −1 gives the constant 0.</summary>
    public LoweredTensor Gather(string layer, string purpose, LoweredTensor source, TensorShape shape, int[] indices)
    {
        var buffer = Buffer(source);
        var formats = new FixedPointFormat[indices.Length];
        var intervals = new RawInterval[indices.Length];
        var sourceOf = new int[indices.Length];
        var indexOf = new int[indices.Length];
        for (var e = 0; e < indices.Length; e++)
        {
            var outside = indices[e] < 0;
            sourceOf[e] = outside ? -1 : 0;
            indexOf[e] = outside ? 0 : indices[e];
            formats[e] = outside ? FixedPointFormat.Zero : buffer.Formats[indices[e]];
            intervals[e] = outside ? RawInterval.Point(BigInteger.Zero) : buffer.Intervals[indices[e]];
        }

        var constants = Array.IndexOf(sourceOf, -1) >= 0 ? new long[indices.Length] : Array.Empty<long>();
        var moved = Emit(layer, purpose, shape, formats, intervals, destination => new GatherInstruction(
            layer, new[] { source.Buffer }, destination, sourceOf, indexOf, constants));
        return CountWidths(moved, e => indices[e] < 0 ? 0 : buffer.CountedWidth(indices[e]));
    }
}
