using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Graph;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Evaluation;

/// <summary>What a model's metadata tell about its inputs and outputs; what they do not tell is null or empty.</summary>
public sealed record ModelDescription
{
    /// <summary>Names of the features, in the order of the inputs.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Names of the classes, in the order of an output's elements; empty for a regression, and for an output of another size.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Mean of a regression's target: target = output · scale + mean.</summary>
    public double TargetMean { get; init; }

    /// <summary>Scale of a regression's target.</summary>
    public double TargetScale { get; init; } = 1;

    /// <summary>Elements of the output that is described.</summary>
    public int Elements { get; init; } = 1;

    /// <summary>Whether the output's elements are scores of classes: the metadata say so, or there are several.</summary>
    public bool IsClassifier { get; init; }

    /// <summary>The column that was learned; null where the metadata name none.</summary>
    public string? Target { get; init; }

    /// <summary>What makes two labels the same class.</summary>
    public LabelReading Labels { get; init; } = LabelReading.Text;

    /// <summary>Reads metadata; entries of another form than training writes are passed over.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="elements">Elements of the output that is asked for; of several outputs each has a description of its own.</param>
    public static ModelDescription Of(ModelMetadata metadata, int elements)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        IReadOnlyList<string> classes = Strings(metadata.Find("classes"));
        string? task = String(metadata.Find("task"));
        JsonElement scaling = Json(metadata.Find("targetScaling"));
        return new ModelDescription
        {
            Features = Strings(metadata.Find("features")),
            Classes = classes.Count == elements ? classes : [],
            Elements = elements,
            TargetMean = Number(scaling, "mean", 0),
            TargetScale = Number(scaling, "scale", 1),
            Target = Strings(metadata.Find("features")).Count > 0 ? String(metadata.Find("target")) : null,
            Labels = String(metadata.Find("labels")) == "numbers" ? LabelReading.Numbers : LabelReading.Text,
            IsClassifier = task is null ? elements > 1 : task == "classification",
        };
    }

    /// <summary>The name of a class: that of the metadata, else its number.</summary>
    public string ClassName(int number) => number < Classes.Count ? Classes[number] : number.ToString(CultureInfo.InvariantCulture);

    private static JsonElement Json(string? json)
    {
        if (json is null)
        {
            return default;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string? String(string? json) => Json(json) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IReadOnlyList<string> Strings(string? json) =>
        Json(json) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(static e => e.ValueKind == JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(static e => e.GetString()!)]
            : [];

    private static double Number(JsonElement scaling, string member, double otherwise) =>
        scaling.ValueKind == JsonValueKind.Object && scaling.TryGetProperty(member, out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : otherwise;
}
