using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HGQ.Model.Serialization;
using HGQ.Sweep.Folders;

namespace HGQ.Sweep.Collect;

/// <summary>A merged front as files: the same front, the same bytes, whatever ran the tasks.</summary>
public static class FrontFiles
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>front.json</c> and <c>front.csv</c> into the folder of the sweep.</summary>
    public static void Write(SweepFront front, SweepFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        AtomicFile.WriteText(folder.Combine("front.json"), Json(front));
        AtomicFile.WriteText(folder.Combine("front.csv"), Csv(front));
    }

    /// <summary>
    /// The front as JSON: <c>title</c>, <c>score</c>, counts, <c>front[]</c> with parameters, <c>budgets[]</c>, <c>effects[]</c>.
    /// </summary>
    public static string Json(SweepFront front)
    {
        ArgumentNullException.ThrowIfNull(front);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("title", front.Plan.Title);
            json.WriteString("score", front.Score);
            json.WriteNumber("tasks", front.Plan.Tasks.Count);
            json.WriteNumber("finished", front.Finished);
            json.WriteNumber("models", front.Models);
            json.WriteStartArray("front");
            foreach (SweepPoint point in front.Points)
            {
                Write(json, front, point);
            }

            json.WriteEndArray();
            json.WriteStartArray("budgets");
            front.Budgets.ToList().ForEach(json.WriteNumberValue);
            json.WriteEndArray();
            json.WriteStartArray("effects");
            foreach (ParameterEffect effect in front.Effects)
            {
                Write(json, effect);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    /// <summary>The front as a table: a row a model, a column a parameter.</summary>
    public static string Csv(SweepFront front)
    {
        ArgumentNullException.ThrowIfNull(front);
        var text = new StringBuilder();
        string[] head = ["ebops", "validation", "test", "non_zero_weights", "task", .. front.Plan.Parameters, "file"];
        text.Append(string.Join(',', head.Select(Cell))).Append('\n');
        foreach (SweepPoint point in front.Points)
        {
            string[] row =
            [
                point.Ebops.ToString(CultureInfo.InvariantCulture), Number(point.Validation), Number(point.Test),
                point.NonZeroWeights.ToString(CultureInfo.InvariantCulture), point.Task.Name, .. point.Task.Values, point.File,
            ];
            text.Append(string.Join(',', row.Select(Cell))).Append('\n');
        }

        return text.ToString();
    }

    private static void Write(Utf8JsonWriter json, SweepFront front, SweepPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("ebops", point.Ebops);
        json.WriteNumber("validation", point.Validation);
        Write(json, "test", point.Test);
        json.WriteNumber("nonZeroWeights", point.NonZeroWeights);
        json.WriteString("task", point.Task.Name);
        json.WriteStartObject("parameters");
        foreach ((string name, string value) in front.Plan.Parameters.Zip(point.Task.Values))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("file", point.File);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParameterEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("parameter", effect.Parameter);
        json.WriteString("value", effect.Value);
        json.WriteNumber("tasks", effect.Tasks);
        json.WriteStartArray("best");
        foreach (double? score in effect.Best)
        {
            if (score is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
