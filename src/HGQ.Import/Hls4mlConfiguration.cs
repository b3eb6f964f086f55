using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Import.Containers;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HGQ.Import;

/// <summary>
/// What a configuration of hls4ml says: the formats of the inputs, which QKeras does not store, and those of weights and results, which
/// are applied where <see cref="ImportOptions.Configuration"/> asks for it.
/// </summary>
/// <param name="Default">Precision of the model; null where the file names none.</param>
/// <param name="Layers">Precisions of the results of single layers, inputs among them, by name.</param>
public sealed record Hls4mlConfiguration(InputFormat? Default, IReadOnlyDictionary<string, InputFormat> Layers)
{
    /// <summary>Precisions of all parts of single layers, by name: weight, bias, accum, result, default.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, InputFormat>> Parts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, InputFormat>>();

    /// <summary>Whether precisions are given by kind of layer, too.</summary>
    public bool HasKinds { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is no YAML, has no HLSConfig, or names a precision that is none.</exception>
    public static Hls4mlConfiguration Read(string path)
    {
        SourceFile file = SourceFile.Read(path);
        try
        {
            using var reader = new StreamReader(new MemoryStream(file.Bytes, writable: false));
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count > 0 && Member(stream.Documents[0].RootNode, "HLSConfig") is { } config
                ? Read(config, path)
                : throw new ImportException("", $"{path} has no member HLSConfig, and so is no configuration of hls4ml");
        }
        catch (YamlException fault)
        {
            throw new ImportException("", $"{path}({fault.Start.Line},{fault.Start.Column}): {fault.Message}", fault);
        }
    }

    private static Hls4mlConfiguration Read(YamlNode config, string path)
    {
        var layers = new Dictionary<string, InputFormat>(StringComparer.Ordinal);
        var parts = new Dictionary<string, IReadOnlyDictionary<string, InputFormat>>(StringComparer.Ordinal);
        if (Member(config, "LayerName") is YamlMappingNode names)
        {
            foreach ((YamlNode name, YamlNode layer) in names.Children)
            {
                if (name is YamlScalarNode { Value: { } text } && Precision(Member(layer, "Precision"), "result", path) is { } format)
                {
                    layers[text] = format;
                }

                if (name is YamlScalarNode { Value: { } layerName })
                {
                    parts[layerName] = PartsOf(Member(layer, "Precision"), path);
                }
            }
        }

        YamlNode? model = Member(config, "Model");
        return new Hls4mlConfiguration(model is null ? null : Precision(Member(model, "Precision"), "default", path), layers)
        {
            Parts = parts,
            HasKinds = Member(config, "LayerType") is YamlMappingNode { Children.Count: > 0 },
        };
    }

    // One precision for all is the default of the layer.
    private static Dictionary<string, InputFormat> PartsOf(YamlNode? node, string path)
    {
        var parts = new Dictionary<string, InputFormat>(StringComparer.Ordinal);
        IEnumerable<string> names = node is YamlMappingNode mapping
            ? mapping.Children.Keys.OfType<YamlScalarNode>().Select(static key => key.Value ?? "") : ["default"];
        foreach (string name in names)
        {
            if (Precision(node, name, path) is { } format)
            {
                parts[name] = format;
            }
        }

        return parts;
    }

    // One precision for all, or one for each part of a layer.
    private static InputFormat? Precision(YamlNode? node, string part, string path)
    {
        if (node is YamlMappingNode)
        {
            node = Member(node, part);
        }

        if (node is not YamlScalarNode { Value: { Length: > 0 } text } scalar || text == "auto")
        {
            return null;
        }

        try
        {
            return InputFormat.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new ImportException("", $"{path}({scalar.Start.Line},{scalar.Start.Column}): {fault.Message}", fault);
        }
    }

    private static YamlNode? Member(YamlNode? node, string name)
    {
        if (node is YamlMappingNode mapping)
        {
            foreach ((YamlNode key, YamlNode value) in mapping.Children)
            {
                if (key is YamlScalarNode scalar && scalar.Value == name)
                {
                    return value;
                }
            }
        }

        return null;
    }
}
