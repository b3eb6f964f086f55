using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>
/// Ends a draft: outputs whose value is an integer times a scale that no fixed-point format has keep their integers, the scale stands in
/// the metadata.
/// </summary>
internal static class OutputScales
{
    private const int ShortBits = 18;

    public static ModelGraph Finish(GraphDraft draft, string name, IReadOnlyList<(string Name, TensorValue Value)> values,
        IEnumerable<MetadataEntry> metadata)
    {
        var outputs = new List<ModelOutput>();
        var scales = new StringBuilder();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string output, TensorValue value) in values)
        {
            string unique = output;
            for (var n = 2; !names.Add(unique); n++)
            {
                unique = FormattableString.Invariant($"{output}_{n}");
            }

            (TensorValue integers, AffineStep? scale) = Split(draft, value, output);
            outputs.Add(new ModelOutput(unique, integers.Layer));
            if (scale is not null)
            {
                string text = $"{JsonSerializer.Serialize(unique)}:{{\"scale\":{List(scale.Scale)},\"offset\":{List(scale.Offset)}}}";
                scales.Append(scales.Length == 0 ? "" : ",").Append(text);
                draft.Notes.Add($"{output}: the result is an integer; times "
                    + $"{scale.Scale[0]}{(scale.Offset.All(static o => o.IsZero) ? "" : " plus an offset")} it is the source's number "
                        + $"(metadata outputScales)");
            }
        }

        MetadataEntry[] entries =
            [.. metadata, .. scales.Length == 0 ? Array.Empty<MetadataEntry>() : [new MetadataEntry("outputScales", $"{{{scales}}}")]];
        return new ModelGraph(name.Length == 0 ? "model"
            : name, draft.Layers, outputs.ToArray(), new ModelMetadata(draft.Preprocessing, entries));
    }

    // What is left over is one affine function, by channel.
    private static (TensorValue Integers, AffineStep? Scale) Split(GraphDraft draft, TensorValue value, string name)
    {
        GraphDraft.RequireIntegers(value, name);
        if (StepList.AreDyadic(value.Steps, ShortBits))
        {
            return (draft.InSourceOrder(draft.Materialized(value, name), name), null);
        }

        if (value.Steps[^1] is AffineStep && StepList.AreDyadic([.. value.Steps.Take(value.Steps.Count - 1)], ShortBits))
        {
            TensorValue source = draft.InSourceOrder(value, name);
            var affine = (AffineStep)source.Steps[^1];
            (source, affine) = WithOffset(source, affine);
            return (draft.Materialized(source with { Steps = [.. source.Steps.Take(source.Steps.Count - 1)] }, name), affine);
        }

        (IReadOnlyList<Step> steps, Rational scale) = StepList.PullScale(value.Steps);
        if (!StepList.AreDyadic(steps, 62))
        {
            throw new ImportException(
                name, "the model's result is scaled in a way that is no integer times a factor; quantize it, or cut the model in front "
                    + "of it");
        }

        return (draft.InSourceOrder(draft.Materialized(value with { Steps = steps }, name), name), AffineStep.ByScale(scale));
    }

    // An offset that is a whole number of steps belongs to the integer: codes with a zero point are integers from 0 on.
    private static (TensorValue Value, AffineStep Scale) WithOffset(TensorValue value, AffineStep affine)
    {
        int length = Math.Max(affine.Scale.Length, affine.Offset.Length);
        Rational[] steps = [.. Enumerable.Range(0, length).Select(
            c => affine.ScaleOf(c).IsZero ? new Rational(1, 3) : affine.OffsetOf(c) / affine.ScaleOf(c))];
        if (steps.Any(static s => !s.IsDyadic || s.SignificantBits > ShortBits))
        {
            return (value, affine);
        }

        IReadOnlyList<Step> before = StepList.Append([.. value.Steps.Take(value.Steps.Count - 1)], new AffineStep([Rational.One], steps));
        affine = new AffineStep(affine.Scale, [Rational.Zero]);
        return (value with { Steps = [.. before, affine] }, affine);
    }

    private static string List(Rational[] numbers)
        => "[" + string.Join(",",
            numbers.Select(static number => JsonSerializer.Serialize(number.ToDouble().ToString("R", CultureInfo.InvariantCulture)))) + "]";
}
