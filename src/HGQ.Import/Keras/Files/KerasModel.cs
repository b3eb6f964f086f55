using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace HGQ.Import.Keras.Files;

/// <summary>The description of a Keras model: layers in topological order and what reads what.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Layers">Layers, each behind those that it reads.</param>
/// <param name="Outputs">Layers whose outputs are the model's.</param>
internal sealed record KerasModel(string Name, IReadOnlyList<KerasLayer> Layers, IReadOnlyList<string> Outputs)
{
    private const int MostLayers = 100_000;

    public static KerasModel Read(JsonElement root, string path)
    {
        JsonElement config = Member(root, "config")
            ?? throw new ImportException("", $"{path} is no description of a Keras model: it has no member config");
        string kind = ClassOf(root);

        // Keras 1 and 2.0 wrote the layers of a Sequential model as the config itself.
        JsonElement list = config.ValueKind == JsonValueKind.Array ? config : Member(config, "layers")
            ?? throw new ImportException("", $"{path}: {kind} is no model with layers");
        string name = config.ValueKind == JsonValueKind.Object && Member(config, "name") is { ValueKind: JsonValueKind.String } text
            ? text.GetString()! : "model";
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostLayers)
        {
            throw new ImportException("", $"{path}: its layers are no list, or more than {MostLayers}");
        }

        return kind == "Sequential" ? Sequential(name, list, config) : kind is "Functional" or "Model" or "HModel"
            ? Functional(name, list, config, path) : throw new ImportException(
            "", $"{path}: it is a {kind}; Sequential and Functional models can be imported, a class of one's own has no description of "
                + $"what reads what");
    }

    private static KerasModel Sequential(string name, JsonElement list, JsonElement config)
    {
        var layers = new List<KerasLayer>();
        foreach (JsonElement entry in list.EnumerateArray())
        {
            KerasLayer layer = Layer(entry, layers.Count == 0 ? [] : [layers[^1].Name]);
            if (layers.Count == 0 && layer.Class != "InputLayer")
            {
                // The first layer says the shape of the input, or the model does.
                JsonElement shape = layer.Option("batch_input_shape") ?? Member(config, "build_input_shape")
                    ?? throw new ImportException(
                        layer.Name, "it is the first layer, and nothing says the shape of its input; build the model before you save it");
                layers.Add(InputOf(layer.Name + "_input", shape));
                layer = layer with { Inputs = [layers[0].Name] };
            }

            layers.Add(layer);
        }

        return layers.Count == 0 ? throw new ImportException("", "the model has no layers")
            : new KerasModel(name, layers, [layers[^1].Name]);
    }

    private static KerasLayer InputOf(string name, JsonElement shape)
    {
        using JsonDocument config = JsonDocument.Parse($"{{\"batch_input_shape\":{shape.GetRawText()}}}");
        return new KerasLayer(name, "InputLayer", false, config.RootElement.Clone(), [], null);
    }

    private static KerasModel Functional(string name, JsonElement list, JsonElement config, string path)
    {
        var layers = new List<KerasLayer>();
        foreach (JsonElement entry in list.EnumerateArray())
        {
            KerasLayer layer = Layer(entry, []);
            layers.Add(layer with { Inputs = [.. Inbound(entry, layer.Name)] });
        }

        JsonElement outputs = Member(config, "output_layers") ?? throw new ImportException("", $"{path}: the model names no output layers");
        string[] names = [.. References(outputs)];
        return new KerasModel(name, Sorted(layers), names.Length == 0 ? [layers[^1].Name] : names);
    }

    private static KerasLayer Layer(JsonElement entry, IReadOnlyList<string> inputs)
    {
        JsonElement config = Member(entry, "config") ?? default;
        string kind = ClassOf(entry);
        string registered = Text(entry, "registered_name") ?? "", module = Text(entry, "module") ?? "";
        bool hgq2 = registered.StartsWith("hgq>", StringComparison.Ordinal) || module.StartsWith("hgq.", StringComparison.Ordinal)
            || kind.StartsWith("hgq>", StringComparison.Ordinal);
        string name = Text(entry, "name") ?? (config.ValueKind == JsonValueKind.Object ? Text(config, "name") : null) ?? kind;
        int[]? build = Member(entry, "build_config") is { } built
            && Member(built, "input_shape") is { ValueKind: JsonValueKind.Array } shape
            && shape.EnumerateArray().All(static e => e.ValueKind is JsonValueKind.Number or JsonValueKind.Null)
            ? [.. shape.EnumerateArray().Select(static e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out int n) ? n : -1)]
            : null;
        return new KerasLayer(name, kind[(kind.LastIndexOf('>') + 1)..], hgq2, config, inputs, build);
    }

    // Keras 2 writes [[[name, node, tensor, {}], …]], Keras 3 arguments with the history of each tensor. A layer that is used twice has
    // two nodes.
    private static IEnumerable<string> Inbound(JsonElement entry, string layer)
    {
        if (Member(entry, "inbound_nodes") is not { ValueKind: JsonValueKind.Array } nodes || nodes.GetArrayLength() == 0)
        {
            return [];
        }

        return nodes.GetArrayLength() > 1
            ? throw new ImportException(layer, "it is used at several places; give each place a layer of its own")
            : References(nodes[0]).ToArray();
    }

    private static IEnumerable<string> References(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (ClassOf(element) == "__keras_tensor__" && Member(element, "config") is { } tensor
                && Member(tensor, "keras_history") is { ValueKind: JsonValueKind.Array } history)
            {
                return [history[0].GetString() ?? ""];
            }

            return element.EnumerateObject().Where(static member
                => member.Name is "args" or "kwargs" or "query" or "key" or "value" or "inputs").SelectMany(static member
                => References(member.Value));
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        bool reference = element.GetArrayLength() >= 3 && element[0].ValueKind == JsonValueKind.String
            && element[1].ValueKind == JsonValueKind.Number;
        return reference ? [element[0].GetString()!] : element.EnumerateArray().SelectMany(References);
    }

    private static List<KerasLayer> Sorted(List<KerasLayer> layers)
    {
        var sorted = new List<KerasLayer>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var left = new List<KerasLayer>(layers);
        while (left.Count > 0)
        {
            KerasLayer[] ready = [.. left.Where(layer => layer.Inputs.All(done.Contains))];
            if (ready.Length == 0)
            {
                throw new ImportException(left[0].Name,
                    $"it reads {string.Join(", ", left[0].Inputs.Where(i => !done.Contains(i)))}, which is no layer of the model, or "
                        + $"itself");
            }

            sorted.AddRange(ready);
            done.UnionWith(ready.Select(static layer => layer.Name));
            left.RemoveAll(layer => done.Contains(layer.Name));
        }

        return sorted;
    }

    private static string ClassOf(JsonElement element) => Text(element, "class_name") ?? "";

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString() : null;

    private static JsonElement? Member(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;
}
