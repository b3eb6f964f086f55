using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>The buffers a test bench can look at, one behind the other, and which of their elements are which layer's output.</summary>
/// <param name="Buffers">Position of the first element by buffer.</param>
/// <param name="Size">Elements of all.</param>
/// <param name="Layers">Layers in execution order.</param>
internal sealed record ProbePlan(IReadOnlyDictionary<int, int> Buffers, int Size, IReadOnlyList<ProbedLayer> Layers)
{
    /// <summary>Everything that passes between layers is visible.</summary>
    public static ProbePlan For(IntegerProgram program, BufferLayouts layouts, IReadOnlyList<LayerUnit> units)
    {
        var buffers = new SortedDictionary<int, int>();
        var size = 0;
        var order = new List<string>();
        foreach (var unit in units)
        {
            order.Add(unit.Layer);
            foreach (var buffer in unit.Sends)
            {
                buffers.Add(buffer, size);
                size += layouts[buffer].Length;
            }
        }

        var layers = program.Probes
            .Where(probe => buffers.ContainsKey(probe.Buffer))
            .Select(probe => new ProbedLayer(
                probe.Layer,
                Enumerable.Range(0, probe.Indices.Length).Where(e => probe.Indices[e] >= 0).Select(e => new ProbedElement(e, buffers[probe.Buffer] + probe.Indices[e])).ToArray()))
            .Where(layer => layer.Elements.Count > 0)
            .OrderBy(layer => order.Contains(layer.Layer) ? order.IndexOf(layer.Layer) : order.Count);
        return new ProbePlan(buffers, size, layers.ToArray());
    }
}

/// <summary>A layer whose output can be compared.</summary>
/// <param name="Layer">Name in the model.</param>
/// <param name="Elements">The elements that are computed.</param>
internal sealed record ProbedLayer(string Layer, IReadOnlyList<ProbedElement> Elements);

/// <summary>An element of a layer's output.</summary>
/// <param name="Element">Index in the layer's output.</param>
/// <param name="Position">Position among all probed values.</param>
internal readonly record struct ProbedElement(int Element, int Position);
