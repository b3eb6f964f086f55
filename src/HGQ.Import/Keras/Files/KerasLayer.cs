using System.Collections.Generic;
using System.Text.Json;
using HGQ.Import.Exact;

namespace HGQ.Import.Keras.Files;

/// <summary>A layer of a Keras model as its description says it.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Class">Name of the class, without its package.</param>
/// <param name="IsHgq2">Whether the class comes from HGQ2, which has names in common with QKeras.</param>
/// <param name="Config">Its options.</param>
/// <param name="Inputs">Layers that it reads, in order.</param>
/// <param name="BuildShape">Shape of its input as the description has it, with the batch; or null.</param>
internal sealed record KerasLayer(string Name, string Class, bool IsHgq2, JsonElement Config, IReadOnlyList<string> Inputs,
    int[]? BuildShape)
{
    /// <summary>A member, or null where it is missing or null.</summary>
    public JsonElement? Option(string name)
        => Config.ValueKind == JsonValueKind.Object && Config.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;

    public string Text(string name, string otherwise)
        => Option(name) is not { } value ? otherwise : value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Refuse(name, value);

    public bool Flag(string name, bool otherwise) => Option(name) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => throw Refuse(name, value),
    };

    public int Integer(string name, int otherwise)
        => Option(name) is not { } value ? otherwise : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number : throw Refuse(name, value);

    public double Number(string name, double otherwise)
        => Option(name) is not { } value ? otherwise : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
            : throw Refuse(name, value);

    public Rational Exact(string name, double otherwise) => Rational.Of(Number(name, otherwise));

    /// <summary>A list of integers; a single one stands for all of them.</summary>
    public int[]? Integers(string name, int count)
    {
        if (Option(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int one))
        {
            var all = new int[count];
            System.Array.Fill(all, one);
            return all;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Refuse(name, value);
        }

        var list = new List<int>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            list.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) ? number
                : item.ValueKind == JsonValueKind.Null ? -1 : throw Refuse(name, value));
        }

        return [.. list];
    }

    public ImportException Refuse(string construct) => new(Name, $"{Class}: {construct}");

    private ImportException Refuse(string name, JsonElement value)
    {
        string text = value.GetRawText();
        return Refuse($"its option {name} is {(text.Length > 60 ? text[..60] + "…" : text)}, which is not understood");
    }
}
