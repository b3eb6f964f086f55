using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using HGQ.Model.Graph;
using HGQ.Model.Serialization.Json;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Reads <c>.hgq.json</c> model files (docs/model-format.md).</summary>
/// <remarks>
/// Whatever the content, the only exception is <see cref="ModelFormatException"/>; time and memory are bounded by the size of the
/// file and the limits of HGQ0018.
/// </remarks>
public static class ModelReader
{
    /// <summary>Reads a model from the bytes of a file: UTF-8, with or without byte order mark.</summary>
    /// <exception cref="ModelFormatException">The file is no valid model.</exception>
    public static ModelGraph Read(byte[] utf8)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException fault)
        {
            string before = Encoding.UTF8.GetString(utf8, 0, Math.Max(0, fault.Index));
            (int line, int column) = TextPosition.Of(before, before.Length);
            throw new ModelFormatException(
                new[] { new ModelError(ModelErrorCodes.InvalidEncoding, "the bytes here are no UTF-8", line, column) });
        }

        return Read(text);
    }

    /// <summary>Reads a model from its text.</summary>
    /// <exception cref="ModelFormatException">The text is no valid model.</exception>
    public static ModelGraph Read(string text)
    {
        if (text.Length > ReaderLimits.FileSize)
        {
            throw TooLarge(text.Length);
        }

        var errors = new ModelErrorList(text);
        var values = new ModelValues(Scan(text), errors);
        var root = new ModelMembers(values, 0, "a model");
        errors.ThrowIfAny();
        RequireVersion(values, root);
        string name = values.Name(root.Required("name"));
        int metadataNode = root.Optional("metadata");
        var layers = new LayerReader(values);
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        LayerNode[] nodes = Layers(values, layers, root.Required("layers"), positions);
        ModelOutput[] outputs = Outputs(values, layers, root.Required("outputs"));
        root.RefuseRest();
        ModelMetadata metadata = new MetadataReader(values).Read(metadataNode, InputShapes(nodes));
        errors.ThrowIfAny();
        var graph = new ModelGraph(name, nodes, outputs, metadata);
        Verify(graph, values, positions);
        return graph;
    }

    private static JsonTape Scan(string text)
    {
        try
        {
            return JsonScanner.Scan(text);
        }
        catch (JsonTextException fault)
        {
            string code = fault.Problem switch
            {
                JsonProblem.Truncated => ModelErrorCodes.Truncated,
                JsonProblem.InvalidEncoding => ModelErrorCodes.InvalidEncoding,
                JsonProblem.NestedTooDeeply => ModelErrorCodes.NestedTooDeeply,
                JsonProblem.DuplicateMember => ModelErrorCodes.DuplicateMember,
                JsonProblem.TooLarge => ModelErrorCodes.TooLarge,
                JsonProblem.InvalidJson => ModelErrorCodes.InvalidJson,
                _ => throw new ArgumentOutOfRangeException(nameof(text), fault.Problem, "There is no such problem."),
            };
            throw new ModelFormatException(new[] { new ModelError(code, fault.Message, fault.Line, fault.Column) });
        }
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="ModelFormatException">The file can't be read or is no valid model.</exception>
    public static ModelGraph ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = ReadBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string found = Directory.Exists(path) ? "a folder" : FileFault.Describe(fault);
            throw new ModelFormatException(new[] { new ModelError(ModelErrorCodes.UnreadableFile, Invariant($"'{path}' can't be read: {found}"), 0, 0) });
        }

        return Read(bytes);
    }

    // To the limit and no further: a pipe tells no length, and a device may have no end.
    private static byte[] ReadBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read = file.Read(block, 0, block.Length); read > 0; read = file.Read(block, 0, block.Length))
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > ReaderLimits.FileSize)
            {
                throw TooLarge(file.CanSeek ? file.Length : bytes.Length);
            }
        }

        return bytes.ToArray();
    }

    private static ModelFormatException TooLarge(long size) => new(
        new[]
        {
            new ModelError(
                ModelErrorCodes.TooLarge, Invariant($"the model has {size} bytes; at most {ReaderLimits.FileSize} are supported"), 0, 0),
        });

    // A file of another kind or version gets this one error, not a list of members that it has under other names.
    private static void RequireVersion(ModelValues values, ModelMembers root)
    {
        int format = root.Optional("format");
        if (format < 0 || values.Tape.KindOf(format) != JsonKind.String || values.Tape.StringAt(format) != ModelFile.Format)
        {
            values.Error(ModelErrorCodes.NotAModel, Math.Max(format, 0), Invariant($"the member \"format\" must be \"{ModelFile.Format}\""));
            values.Errors.ThrowIfAny();
        }

        int version = root.Required("version");
        values.Errors.ThrowIfAny();
        if (values.Integer(version, 0, int.MaxValue) != ModelFile.Version)
        {
            values.Error(
                ModelErrorCodes.UnsupportedVersion, version, Invariant($"version {values.Quote(version)} isn't supported; expected {ModelFile.Version}"));
        }

        values.Errors.ThrowIfAny();
    }

    private static LayerNode[] Layers(ModelValues values, LayerReader reader, int node, Dictionary<string, int> positions)
    {
        var layers = new List<LayerNode>();
        foreach (int element in values.Elements(node, "layers"))
        {
            if (reader.Read(element) is { } layer)
            {
                layers.Add(layer);
                positions[layer.Name] = element;
            }
        }

        return layers.ToArray();
    }

    private static ModelOutput[] Outputs(ModelValues values, LayerReader layers, int node)
    {
        var outputs = new List<ModelOutput>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (int element in values.Elements(node, "outputs"))
        {
            var members = new ModelMembers(values, element, "an output {name, layer}");
            int name = members.Required("name");
            int layer = members.Required("layer");
            members.RefuseRest();
            var output = new ModelOutput(values.Name(name), values.String(layer));
            if (name >= 0 && !names.Add(output.Name))
            {
                values.Error(GraphErrorCodes.DuplicateName, name, Invariant($"two outputs are named {values.Quote(name)}"));
            }

            if (layer >= 0 && !layers.Knows(output.Layer))
            {
                values.Error(GraphErrorCodes.MissingInput, layer, Invariant($"{values.Quote(layer)} is no layer"));
            }

            outputs.Add(output);
        }

        return outputs.ToArray();
    }

    private static Dictionary<string, TensorShape> InputShapes(LayerNode[] layers)
    {
        var inputs = new Dictionary<string, TensorShape>(StringComparer.Ordinal);
        foreach (LayerNode layer in layers)
        {
            if (layer is InputLayer input)
            {
                inputs[input.Name] = input.Shape;
            }
        }

        return inputs;
    }

    private static void Verify(ModelGraph graph, ModelValues values, Dictionary<string, int> positions)
    {
        try
        {
            ShapeInference.Infer(graph, anyOverflow: true);
        }
        catch (ModelGraphException fault)
        {
            positions.TryGetValue(fault.Layer, out int node);
            values.Error(fault.Code, node, fault.Layer.Length == 0 ? fault.Problem : Invariant($"layer '{fault.Layer}': {fault.Problem}"));
            values.Errors.ThrowIfAny();
        }
    }
}
