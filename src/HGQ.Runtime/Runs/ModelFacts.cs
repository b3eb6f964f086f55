using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Graph;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;

namespace HGQ.Runtime.Runs;

/// <summary>The metadata that a run writes into its models. Nothing in them changes from one run to an equal one (no times).</summary>
internal static class ModelFacts
{
    public const string Epoch = "epoch";
    public const string Seed = "seed";

    private static readonly string[] Figures = ["origin", Epoch, "ebops", "nonZeroWeights", "score", "validation", "test"];

    public static ModelMetadata Of(PreparedData data, RunRequest request, IReadOnlyList<(string Name, int Size)> ports)
    {
        List<MetadataEntry> entries = [Entry("title", request.Recipe.Title), Entry(Seed, request.Seed)];
        if (data.Data.Target is ClassLabels classes)
        {
            entries.Add(Entry("task", "classification"));
            if (data.Data.FeatureNames.Count > 0)
            {
                entries.Add(Entry("target", classes.Name));
            }

            if (request.Options.Labels == LabelReading.Numbers)
            {
                entries.Add(Entry("labels", "numbers"));
            }

            entries.Add(Entry("classes", classes.ClassNames));
        }
        else if (data.Data.Target is RealTargets target)
        {
            entries.Add(Entry("task", "regression"));
            entries.Add(Entry("target", target.Name));
            entries.Add(Entry("targetScaling", new Dictionary<string, string>
            {
                ["mean"] = Text(data.Targets.Mean),
                ["scale"] = Text(data.Targets.Scale),
            }));
        }

        if (data.Data.FeatureNames.Count > 0)
        {
            entries.Add(Entry("features", data.Data.FeatureNames));
        }

        return new ModelMetadata(Preprocessing(data.Scaling, ports), entries.ToArray());
    }

    /// <summary>The model without the figures of an earlier point.</summary>
    public static ModelGraph WithoutFigures(ModelGraph graph) => graph with
    {
        Metadata = graph.Metadata with { Entries = graph.Metadata.Entries.Where(static e => !Figures.Contains(e.Name)).ToArray() },
    };

    /// <summary>The model with the figures of its point.</summary>
    public static ModelGraph WithFigures(FrontPoint point, string score)
    {
        List<MetadataEntry> entries =
        [
            .. point.Graph.Metadata.Entries,
            .. point.Origin is { } origin ? [Entry("origin", origin)] : Array.Empty<MetadataEntry>(),
            .. point.Epoch >= 0 ? [Entry(Epoch, point.Epoch)] : Array.Empty<MetadataEntry>(),
            Entry("ebops", point.Ebops),
            Entry("nonZeroWeights", point.NonZero),
            Entry("score", score),
            Entry("validation", Text(point.Validation)),
        ];
        if (point.Test is { } test)
        {
            entries.Add(Entry("test", Text(test)));
        }

        return point.Graph with { Metadata = point.Graph.Metadata with { Entries = entries.ToArray() } };
    }

    private static Standardization[] Preprocessing(FeatureScaling scaling, IReadOnlyList<(string Name, int Size)> ports)
    {
        var parts = new List<Standardization>();
        int start = 0;
        foreach ((string name, int size) in scaling.IsIdentity ? [] : ports)
        {
            parts.Add(new Standardization(name, Texts(scaling.Mean, start, size), Texts(scaling.Scale, start, size)));
            start += size;
        }

        return [.. parts];
    }

    private static string[] Texts(IReadOnlyList<double> numbers, int start, int size) =>
        [.. Enumerable.Range(start, size).Select(i => Text(numbers[numbers.Count == 1 ? 0 : i]))];

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static MetadataEntry Entry<T>(string name, T value) => new(name, JsonSerializer.Serialize(value));
}
