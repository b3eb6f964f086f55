using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using HGQ.Model.Serialization;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Collect;

/// <summary>A model of a run's front.</summary>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows, as it is shown.</param>
/// <param name="Test">Score on the test rows; null without any.</param>
/// <param name="NonZeroWeights">Weights that are not 0.</param>
/// <param name="File">The model, seen from the run's folder.</param>
/// <param name="ValidationError">Standard error of that score; null where the run did not note it.</param>
/// <param name="TestError">Likewise.</param>
internal sealed record RunPoint(
    long Ebops, double Validation, double? Test, int NonZeroWeights, string File, double? ValidationError, double? TestError);

/// <summary>The figures of a complete run.</summary>
/// <param name="Score">What points are judged by.</param>
/// <param name="Points">Its front by rising EBOPs.</param>
internal sealed record RunFigures(string Score, IReadOnlyList<RunPoint> Points)
{
    /// <summary>Reads <c>summary.json</c> of a run.</summary>
    /// <exception cref="SweepException">It is damaged.</exception>
    public static RunFigures Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            var points = new List<RunPoint>();
            foreach (JsonElement point in root.GetProperty("front").EnumerateArray())
            {
                points.Add(new RunPoint(
                    point.GetProperty("ebops").GetInt64(),
                    point.GetProperty("validation").GetDouble(),
                    Number(point.GetProperty("test")),
                    point.GetProperty("nonZeroWeights").GetInt32(),
                    point.GetProperty("file").GetString() ?? throw new FormatException("no file"),
                    point.TryGetProperty("validationError", out JsonElement validation) ? Number(validation) : null,
                    point.TryGetProperty("testError", out JsonElement test) ? Number(test) : null));
            }

            return new RunFigures(root.GetProperty("score").GetString() ?? throw new FormatException("no score"), points);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SweepException(path, 0, 0,
                "the figures of this run are damaged; delete the folder of its task, and run the sweep again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException(path, 0, 0, $"the figures of this run can't be read ({FileFault.Describe(e)}).", e);
        }
    }

    private static double? Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();
}
