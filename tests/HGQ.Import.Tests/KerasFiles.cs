using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using HGQ.Testing;
using PureHDF;

namespace HGQ.Import.Tests;

/// <summary>Small files as Keras writes them, made by the tests.</summary>
internal sealed class KerasFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A layer of a Sequential model, with its weights by name.</summary>
    public sealed record Layer(string Class, string Name, string Config, params (string Name, int[] Shape, float[] Values)[] Weights)
    {
        /// <summary>Package that the class is registered with, for example <c>hgq</c>.</summary>
        public string? Package { get; init; }

        /// <summary>Variables of its quantizers, by path below the layer.</summary>
        public IReadOnlyList<(string Path, Array Values)> Quantizers { get; init; } = [];

        public string Json
        {
            get
            {
                string registered = Package is null ? "" : $",\"registered_name\":\"{Package}>{Class}\"";
                return $"{{\"class_name\":\"{Class}\"{registered},"
                    + $"\"config\":{{\"name\":\"{Name}\"{(Config.Length == 0 ? "" : "," + Config)}}}}}";
            }
        }
    }

    public static Layer Input(params int[] shape) => new("InputLayer", "x", $"\"batch_input_shape\":[null,{string.Join(",", shape)}]");

    public static Layer Activation(string quantizer) => new("QActivation", "a", $"\"activation\":{quantizer}");

    public static string Sequential(IEnumerable<Layer> layers)
        => $"{{\"class_name\":\"Sequential\",\"config\":{{\"name\":\"small\","
            + $"\"layers\":[{string.Join(",", layers.Select(static layer => layer.Json))}]}}}}";

    /// <summary>Writes a whole model as an h5 file of Keras 2.</summary>
    public string H5(params Layer[] layers) => H5(Sequential(layers), layers);

    public string H5(string description, params Layer[] layers)
    {
        var weights = new H5Group();
        foreach (Layer layer in layers)
        {
            var group = new H5Group();
            foreach ((string name, int[] shape, float[] values) in layer.Weights)
            {
                group[name + ":0"] = new H5Dataset(values, fileDims: [.. shape.Select(static s => (ulong)s)]);
            }

            // Keras names no weights where a layer has none; an array without elements is what it writes then.
            string[] names = [.. layer.Weights.Select(weight => $"{layer.Name}/{weight.Name}:0")];
            weights[layer.Name] = names.Length == 0 ? new H5Group()
                : new H5Group { [layer.Name] = group, Attributes = { ["weight_names"] = names } };
        }

        var file = new H5File { ["model_weights"] = weights, Attributes = { ["model_config"] = description } };
        string path = _folder.Combine("model.h5");
        file.Write(path);
        return path;
    }

    /// <summary>Writes a model as a .keras archive of Keras 3.</summary>
    public string Archive(params Layer[] layers)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = new H5Group();
        foreach (Layer layer in layers)
        {
            string kind = Keras.Files.KerasWeights.SnakeCase(layer.Class);
            groups[kind] = groups.GetValueOrDefault(kind) + 1;
            string name = groups[kind] == 1 ? kind : FormattableString.Invariant($"{kind}_{groups[kind] - 1}");
            var group = new H5Group();
            var vars = new H5Group();
            for (var n = 0; n < layer.Weights.Length; n++)
            {
                vars[FormattableString.Invariant($"{n}")] =
                    new H5Dataset(layer.Weights[n].Values, fileDims: [.. layer.Weights[n].Shape.Select(static s => (ulong)s)]);
            }

            group["vars"] = vars;
            foreach ((string path, Array values) in layer.Quantizers)
            {
                Put(group, path.Split('/'), values);
            }

            all[name] = group;
        }

        using var weights = new MemoryStream();
        new H5File { ["layers"] = all }.Write(weights);
        string archive = _folder.Combine("model.keras");
        using ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Create);
        Entry(zip, "config.json", Encoding.UTF8.GetBytes(Sequential(layers)));
        Entry(zip, "model.weights.h5", weights.ToArray());
        return archive;
    }

    public string Bytes(string name, byte[] content)
    {
        string path = _folder.Combine(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => _folder.Dispose();

    private static void Put(H5Group group, string[] path, object values)
    {
        foreach (string part in path[..^1])
        {
            if (!group.TryGetValue(part, out object? inner))
            {
                group[part] = inner = new H5Group();
            }

            group = (H5Group)inner;
        }

        group[path[^1]] = values;
    }

    private static void Entry(ZipArchive zip, string name, byte[] content)
    {
        using Stream stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }
}
