using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Graph;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Training.Runs;

/// <summary>The metadata that a run writes into its models. Nothing in them changes from one run to an equal one (no times).</summary>
internal static class ModelFacts
{
    public const string InputPort = "x";
    public const string Epoch = "epoch";

    public static ModelMetadata Of(PreparedData data, RunRequest request)
    {
        List<MetadataEntry> entries = [Entry("title", request.Recipe.Title), Entry("seed", request.Seed)];
        if (data.Data.Target is ClassLabels classes)
        {
            entries.Add(Entry("task", "classification"));
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

        return new ModelMetadata(Preprocessing(data), entries.ToArray());
    }

    /// <summary>The model with the figures of its point.</summary>
    public static ModelGraph WithFigures(FrontPoint point, string score)
    {
        List<MetadataEntry> entries =
        [
            .. point.Graph.Metadata.Entries,
            Entry(Epoch, point.Epoch),
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

    private static Standardization[] Preprocessing(PreparedData data)
    {
        int size = data.Training.SampleSize;
        return data.Scaling.IsIdentity ? [] : [new(InputPort, Texts(data.Scaling.Mean, size), Texts(data.Scaling.Scale, size))];
    }

    private static string[] Texts(IReadOnlyList<double> numbers, int size) =>
        [.. Enumerable.Range(0, size).Select(i => Text(numbers[numbers.Count == 1 ? 0 : i]))];

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static MetadataEntry Entry<T>(string name, T value) => new(name, JsonSerializer.Serialize(value));
}
