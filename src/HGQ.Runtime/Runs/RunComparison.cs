using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Runtime.Training.Checkpoints;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>Keeps a run from being replaced by one of something else.</summary>
internal static class RunComparison
{
    /// <summary>Refuses to replace a run whose data, target or network are others.</summary>
    /// <exception cref="IOException">They are; says which.</exception>
    public static void RequireSame(RunFolder folder, RunRequest wanted)
    {
        if (!folder.IsRun)
        {
            return;
        }

        string[] differences = [.. Differences(folder, wanted)];
        if (differences.Length > 0)
        {
            throw new IOException(
                $"{folder.Path} holds another run: {string.Join("; ", differences)}. Choose another folder, or use --force to replace that run.");
        }
    }

    private static IEnumerable<string> Differences(RunFolder folder, RunRequest wanted)
    {
        RunRequest? found;
        try
        {
            found = RunFiles.ReadRequest(folder);
        }
        catch (CheckpointException)
        {
            // Not to be read, it can't be shown to be the same.
            found = null;
        }

        if (found is null)
        {
            yield return "what it was asked for can't be read";
            yield break;
        }

        if (found.DataHash is null || wanted.DataHash is null ? Path.GetFullPath(wanted.Data) != found.Data : found.DataHash != wanted.DataHash)
        {
            yield return $"its data are others ({Path.GetFileName(found.Data)})";
        }

        if (Name(found.Options.Target) != Name(wanted.Options.Target))
        {
            yield return $"its target is {Name(found.Options.Target) ?? "none"}, not {Name(wanted.Options.Target) ?? "none"}";
        }

        if ((PreparedData.Options(found).Task, found.Options.Labels) != (PreparedData.Options(wanted).Task, wanted.Options.Labels))
        {
            yield return "its task, or how it reads labels, is another";
        }

        if (!Same(PreparedData.Options(found).Features, PreparedData.Options(wanted).Features) || !Same(found.Options.Ignored, wanted.Options.Ignored))
        {
            yield return "its features are others";
        }

        if (Network(found) != Network(wanted))
        {
            yield return $"its network is another ({Title(found)})";
        }
    }

    // A file with labels is kept with its full path, a column with its name.
    private static string? Name(string? target) => target is null ? null : Path.GetFileName(target);

    private static bool Same(IReadOnlyList<string>? left, IReadOnlyList<string>? right) =>
        (left is null && right is null) || (left is not null && right is not null && left.SequenceEqual(right));

    private static string Network(RunRequest request) =>
        request.Start?.Text ?? request.Description?.Text ?? RecipeReader.Print(new Recipe { Network = request.Recipe.Network });

    private static string Title(RunRequest request) =>
        request.Start is { } start ? "that of " + Path.GetFileName(start.File)
        : request.Description is { } description ? Path.GetFileName(description.File) : "hidden layers of " + string.Join(", ", request.Recipe.Network.Hidden);
}
