using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>Order and names of the layers of a model.</summary>
internal static class LayerOrder
{
    /// <summary>All layers between inputs and outputs, each behind those it reads.</summary>
    public static IReadOnlyList<HLayer> Sort(IReadOnlyList<HLayer> inputs, IReadOnlyList<HLayer> outputs)
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

    /// <summary>Gives unnamed layers the name of their kind with a number, parts of blocks that of the block with their role, and refuses a name used twice.</summary>
    public static void AssignNames(IReadOnlyList<HLayer> layers)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers.Where(layer => layer.Name.Length > 0))
        {
            Take(used, layer.Name);
        }

        foreach (var layer in layers.Where(layer => layer.Name.Length == 0))
        {
            if (layer.Owner is { } owner)
            {
                layer.Name = layer.OwnedName(NameOf(owner, layers.Count, used));
                Take(used, layer.Name);
            }
            else
            {
                layer.Name = NameOf(layer, layers.Count, used);
                used.Add(layer.Name);
            }
        }
    }

    private static void Take(HashSet<string> used, string name)
    {
        if (!used.Add(name))
        {
            throw new ArgumentException($"Two layers are named {name}; give one of them another name.", nameof(name));
        }
    }

    // Blocks are no layers of the model: they get their names when their first part does.
    private static string NameOf(HLayer layer, int count, HashSet<string> used)
    {
        if (layer.Name.Length > 0)
        {
            return layer.Name;
        }

        if (layer.Owner is { } owner)
        {
            return layer.Name = layer.OwnedName(NameOf(owner, count, used));
        }

        var kind = layer.GetType().Name[1..].ToLowerInvariant();
        return layer.Name = Enumerable.Range(1, count + 1).Select(i => FormattableString.Invariant($"{kind}_{i}")).First(name => !used.Contains(name));
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
