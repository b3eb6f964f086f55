using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>Order and names of the layers of a model.</summary>
internal static class LayerOrder
{
    /// <summary>All layers between inputs and outputs, each behind those it reads.</summary>
    public static IReadOnlyList<HLayer> Sort(IReadOnlyList<HInput> inputs, IReadOnlyList<HLayer> outputs)
    {
        if (inputs.Count == 0 || outputs.Count == 0)
        {
            throw new ArgumentException("A model needs at least one input and one output.", nameof(outputs));
        }

        var seen = new HashSet<HLayer>(inputs);
        var order = new List<HLayer>();
        var pending = new Stack<(HLayer Layer, bool InputsDone)>(outputs.Reverse().Select(layer => (layer, false)));
        while (pending.TryPop(out var next))
        {
            if (next.InputsDone)
            {
                order.Add(next.Layer);
            }
            else if (seen.Add(next.Layer))
            {
                pending.Push((next.Layer, true));
                RequireLink(next.Layer);
                foreach (var input in next.Layer.Inputs.Reverse())
                {
                    pending.Push((input, false));
                }
            }
        }

        return order;
    }

    /// <summary>Gives unnamed layers the name of their kind with a number, and refuses a name used twice.</summary>
    public static void AssignNames(IReadOnlyList<HLayer> layers)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers.Where(layer => layer.Name.Length > 0))
        {
            if (!used.Add(layer.Name))
            {
                throw new ArgumentException($"Two layers are named {layer.Name}.", nameof(layers));
            }
        }

        foreach (var layer in layers.Where(layer => layer.Name.Length == 0))
        {
            var kind = layer.GetType().Name[1..].ToLowerInvariant();
            layer.Name = Enumerable.Range(1, layers.Count + 1).Select(i => FormattableString.Invariant($"{kind}_{i}")).First(used.Add);
        }
    }

    private static void RequireLink(HLayer layer)
    {
        if (layer is HInput)
        {
            throw new ArgumentException($"The input {layer.Label} is read but not among the inputs of the model.", nameof(layer));
        }

        if (!layer.IsLinked)
        {
            throw new ArgumentException($"The layer {layer.Label} is an output of the model but reads nothing.", nameof(layer));
        }
    }
}
