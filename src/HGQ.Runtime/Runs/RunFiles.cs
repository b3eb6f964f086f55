using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>Writes and reads the files of a run's folder.</summary>
internal static class RunFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static void WriteRequest(RunFolder folder, RunRequest request, bool isTable)
    {
        var json = new JsonObject
        {
            ["data"] = Path.GetFullPath(request.Data),
            ["dataHash"] = request.DataHash,
            ["target"] = TargetPath(request, isTable),
            ["task"] = request.Options.Task?.ToString(),
            ["features"] = List(request.Options.Features),
            ["ignored"] = List(request.Options.Ignored),
            ["labels"] = request.Options.Labels.ToString(),
            ["delimiter"] = request.Options.Delimiter?.ToString(),
            ["missing"] = request.Options.Missing.ToString(),
            ["seed"] = request.Seed,
            ["command"] = List(request.Command),
            ["recipe"] = JsonNode.Parse(RecipeReader.Print(request.Recipe)),
            ["description"] = request.Description is { } description
                ? new JsonObject { ["file"] = description.File, ["text"] = description.Text }
                : null,
            ["start"] = request.Start is { } start ? new JsonObject { ["file"] = start.File, ["text"] = start.Text } : null,
        };
        AtomicFile.WriteText(folder.Request, json.ToJsonString(Indented) + "\n");
    }

    /// <exception cref="CheckpointException">The folder is not that of a run, or its request is damaged.</exception>
    public static RunRequest ReadRequest(RunFolder folder)
    {
        try
        {
            JsonNode json = Utf8Text.Decode(File.ReadAllBytes(folder.Request), out string text) < 0
                ? JsonNode.Parse(text)!
                : throw new FormatException("no UTF-8");
            return new RunRequest
            {
                Data = (string?)json["data"] ?? throw new FormatException("no data"),
                DataHash = (string?)json["dataHash"],
                Seed = (ulong)json["seed"]!,
                Recipe = RecipeReader.Parse(folder.Request, json["recipe"]!.ToJsonString()),
                Command = List(json["command"]) ?? [],
                Description = json["description"] is JsonObject description
                    ? DescriptionReader.Parse((string)description["file"]!, (string)description["text"]!)
                    : null,
                Start = json["start"] is JsonObject start
                    ? new StartModel((string)start["file"]!, ModelReader.Read((string)start["text"]!))
                    : null,
                Options = new DataOptions
                {
                    Target = (string?)json["target"],
                    Task = (string?)json["task"] is { } task ? Enum.Parse<LearningTask>(task) : null,
                    Features = List(json["features"]),
                    Ignored = List(json["ignored"]),
                    Labels = (string?)json["labels"] is { } labels ? Enum.Parse<LabelReading>(labels) : LabelReading.Text,
                    Delimiter = (string?)json["delimiter"] is { } delimiter ? delimiter[0] : null,
                    Missing = Enum.Parse<MissingValues>((string)json["missing"]!),
                },
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or FormatException or ArgumentException or NullReferenceException or RecipeException or DescriptionException
            or ModelFormatException)
        {
            throw new CheckpointException(folder.Request, "no training run can be resumed from there", e);
        }
    }

    /// <summary>Writes the models, the chosen one last but for the summary, which marks a finished run.</summary>
    public static void WriteResult(RunFolder folder, RunRequest request, RunResult result)
    {
        folder.ClearPareto();
        foreach (FrontPoint point in result.Front)
        {
            ModelWriter.WriteFile(ModelFacts.WithFigures(point, result.Score.Name), Path.Combine(folder.Pareto, FileName(point)));
        }

        ModelWriter.WriteFile(ModelFacts.WithFigures(result.Chosen, result.Score.Name), folder.Model);
        AtomicFile.WriteText(folder.Candidates, CandidateTable.Print(result));
        var summary = new JsonObject
        {
            ["title"] = request.Recipe.Title,
            ["data"] = Path.GetFileName(request.Data),
            ["seed"] = request.Seed,
            ["score"] = result.Score.Name,
            ["candidates"] = result.Candidates,
            ["rows"] = new JsonObject
            {
                ["training"] = result.TrainingRows,
                ["validation"] = result.ValidationRows,
                ["test"] = result.TestRows,
            },
            ["chosen"] = Describe(result.Chosen, result),
            ["front"] = new JsonArray([.. result.Front.Select(p => Describe(p, result))]),
            ["warnings"] = new JsonArray([.. result.Warnings.Select(static w => JsonValue.Create(w))]),
            ["versions"] = Versions(),
        };
        AtomicFile.WriteText(folder.Summary, summary.ToJsonString(Indented) + "\n");
    }

    private static string FileName(FrontPoint point) => point.Origin is null
        ? FormattableString.Invariant($"e{point.Epoch:D4}-{point.Ebops}.hgq.json")
        : FormattableString.Invariant($"front-{point.Ebops:D6}.hgq.json");

    private static JsonObject Describe(FrontPoint point, RunResult result) => new()
    {
        ["epoch"] = point.Origin is null ? point.Epoch : null,
        ["origin"] = point.Origin,
        ["ebops"] = point.Ebops,
        ["validation"] = result.Score.Displayed(point.Validation),
        ["validationError"] = PointSelection.StandardError(point.Validation, result.ValidationRows),
        ["test"] = point.Test is { } test ? result.Score.Displayed(test) : null,
        ["testError"] = point.Test is { } judged ? PointSelection.StandardError(judged, result.TestRows) : null,
        ["nonZeroWeights"] = point.NonZero,
        ["file"] = "pareto/" + FileName(point),
    };

    private static JsonObject Versions() => new()
    {
        ["hgq"] = Version(typeof(RunFiles).Assembly),
        ["dotnet"] = Environment.Version.ToString(),
        ["torchSharp"] = Version(typeof(TorchSharp.torch).Assembly),
    };

    // Without the commit that the SDK puts behind a plus sign.
    private static string? Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static JsonArray? List(IReadOnlyList<string>? names) =>
        names is null ? null : new JsonArray([.. names.Select(static name => JsonValue.Create(name))]);

    private static string[]? List(JsonNode? names) => names is JsonArray array ? [.. array.Select(static name => (string)name!)] : null;

    // A column's name stays; the file of an array's labels is found from anywhere.
    private static string? TargetPath(RunRequest request, bool isTable) =>
        !isTable && request.Options.Target is { } target && File.Exists(target) ? Path.GetFullPath(target) : request.Options.Target;
}
