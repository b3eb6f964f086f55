using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Import.Containers;

namespace HGQ.Import.Keras.Files;

/// <summary>The weights of a Keras model by layer: of an h5 file of Keras 2 (by names), or of the numbered variables of Keras 3.</summary>
internal sealed partial class KerasWeights
{
    private readonly HdfFile _file;
    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly bool _numbered;

    public KerasWeights(HdfFile file, KerasModel model)
    {
        _file = file;
        _numbered = file.HasGroup("layers") || file.HasGroup("_layer_checkpoint_dependencies");
        _root = file.HasGroup("model_weights") ? "model_weights/" : "";
        if (_numbered)
        {
            Match(model, file.HasGroup("layers") ? "layers" : "_layer_checkpoint_dependencies");
        }
    }

    /// <summary>The weights of one layer.</summary>
    public LayerWeights Of(KerasLayer layer) => _numbered ? Numbered(layer) : Named(layer);

    // Groups are named by class and count; newer files have the layer's own name beside the variables.
    private void Match(KerasModel model, string root)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (KerasLayer layer in model.Layers)
        {
            string kind = SnakeCase(layer.Class);
            counts.TryGetValue(kind, out int count);
            counts[kind] = count + 1;
            _groups[layer.Name] = $"{root}/{kind}{(count == 0 ? "" : FormattableString.Invariant($"_{count}"))}";
        }

        var byName = _groups.Values.Select(group => (Group: group, Name: _file.Texts(group + "/vars", "name")?[0])).Where(static pair
            => pair.Name is not null)
            .GroupBy(static pair => pair.Name!, StringComparer.Ordinal).Where(static same => same.Count() == 1);
        foreach (var pair in byName)
        {
            if (_groups.ContainsKey(pair.Key))
            {
                _groups[pair.Key] = pair.First().Group;
            }
        }
    }

    private LayerWeights Numbered(KerasLayer layer)
    {
        string group = _groups[layer.Name] + "/";
        var parts = new Dictionary<string, List<(string, HdfArray)>>(StringComparer.Ordinal);
        foreach (string path in _file.Paths.Where(path => path.StartsWith(group, StringComparison.Ordinal)))
        {
            string inner = path[group.Length..];
            int vars = inner.LastIndexOf("vars/", StringComparison.Ordinal);
            if (vars >= 0)
            {
                string part = inner[..vars].TrimEnd('/');
                part = part.EndsWith("/quantizer", StringComparison.Ordinal) ? part[..^"/quantizer".Length] : part;
                parts.TryAdd(part, []);
                parts[part].Add((inner[(vars + 5)..], _file.Find(path)!));
            }
        }

        return new LayerWeights(layer, parts.ToDictionary(
            static part => part.Key, static part
                => part.Value.OrderBy(static v => v.Item1.Length).ThenBy(static v => v.Item1, StringComparer.Ordinal).ToList(),
                StringComparer.Ordinal), named: false);
    }

    private LayerWeights Named(KerasLayer layer)
    {
        string group = _root + layer.Name;
        var parts = new Dictionary<string, List<(string, HdfArray)>>(StringComparer.Ordinal);
        foreach (string name in _file.Texts(group, "weight_names") ?? [])
        {
            HdfArray array = _file.Find(group + "/" + name)
                ?? throw new ImportException(layer.Name, $"its weight {name} is not in the file");
            string[] words = name.Split(':')[0].Split('/');
            string part = string.Join("/", words.Select(word => PartOf(word, layer.Name)).Where(static word => word.Length > 0));
            parts.TryAdd(part, []);
            parts[part].Add((words[^1], array));
        }

        return new LayerWeights(layer, parts, named: true);
    }

    // HGQ2 names the quantizers of a layer after it: dense_1_kq is the kernel's.
    private static string PartOf(string word, string layer)
    {
        string[] parts = ["kq", "bq", "iq", "oq", "exp_table", "inv_table"];
        string? found = Array.Find(parts, part => word.EndsWith("_" + part, StringComparison.Ordinal) || word == part);
        return word == layer || found is null ? "" : found;
    }

    /// <summary>QEinsumDenseBatchnorm → q_einsum_dense_batchnorm, as Keras names the groups of its files.</summary>
    internal static string SnakeCase(string name)
        => SecondCapital().Replace(FirstCapital().Replace(NoWord().Replace(name, ""), "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoWord();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex FirstCapital();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex SecondCapital();
}
