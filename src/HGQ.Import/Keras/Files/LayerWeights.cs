using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Containers;

namespace HGQ.Import.Keras.Files;

/// <summary>The variables of a layer and of its quantizers.</summary>
internal sealed class LayerWeights
{
    private readonly KerasLayer _layer;
    private readonly Dictionary<string, List<(string Name, HdfArray Array)>> _parts;
    private readonly bool _named;

    /// <param name="layer">The layer.</param>
    /// <param name="parts">Variables in the order of the file, by part: "" for the layer, "kq" for its kernel's quantizer, and so
    /// on.</param>
    /// <param name="named">Whether variables have their names, or only their numbers.</param>
    public LayerWeights(KerasLayer layer, Dictionary<string, List<(string Name, HdfArray Array)>> parts, bool named)
        => (_layer, _parts, _named) = (layer, parts, named);

    /// <summary>
    /// A variable of the layer itself. Numbered ones are found by their place in <paramref name="order"/>: Keras 3 stores them in the
    /// order in which the layer made them.
    /// </summary>
    public HdfArray? Find(string name, params string[] order)
    {
        List<(string Name, HdfArray Array)> all = Variables("");
        if (_named)
        {
            return all.FirstOrDefault(v => v.Name == name).Array;
        }

        // Single numbers are counters of the training, which no layer computes with.
        all = [.. all.Where(static v => v.Array.Shape.Length > 0)];
        int place = Array.IndexOf(order, name);
        return place < 0 || place >= all.Count ? null : all[place].Array;
    }

    public HdfArray Get(string name, params string[] order)
        => Find(name, order) ?? throw _layer.Refuse($"its variable {name} is not in the file of the weights");

    /// <summary>All variables of a part in the order of the file.</summary>
    public IReadOnlyList<(string Name, HdfArray Array)> Part(string part) => Variables(part);

    public bool Named => _named;

    public int Count => Variables("").Count(v => _named || v.Array.Shape.Length > 0);

    private List<(string Name, HdfArray Array)> Variables(string part) => _parts.GetValueOrDefault(part) ?? [];
}
