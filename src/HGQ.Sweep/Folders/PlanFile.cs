using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using HGQ.Model.Serialization;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Folders;

/// <summary>Keeps a plan beside its tasks.</summary>
internal static class PlanFile
{
    private const string FormatName = "hgq-sweep-plan";
    private const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, SweepPlan plan) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Content(FormatName, CurrentVersion, plan), Options) + "\n");

    /// <exception cref="SweepException">It can't be read, or is no plan.</exception>
    public static SweepPlan Read(string path)
    {
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), Options);
            return content is { Format: FormatName, Version: CurrentVersion }
                && content.Plan.Tasks.All(task => task.Values.Count == content.Plan.Parameters.Count)
                    ? content.Plan
                    : throw new JsonException("another format");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            string reason = e is IOException or UnauthorizedAccessException ? FileFault.Describe(e) : "it is damaged";
            throw new SweepException(path, 0, 0, $"the plan of the sweep can't be read ({reason}); give the sweep file and another folder.",
                e);
        }
    }

    private sealed record Content(string Format, int Version, SweepPlan Plan);
}
