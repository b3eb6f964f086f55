using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using HGQ.Model.Serialization;

namespace HGQ.Sweep.Folders;

/// <summary>The folder of a task: <c>run/</c>, which <c>hgq train</c> writes, and beside it recipe, log and state.</summary>
public sealed class TaskFolder
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<TaskStage>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    internal TaskFolder(string path) => Path = path;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The folder of the training run.</summary>
    public string Run => System.IO.Path.Combine(Path, "run");

    /// <summary>Figures of the run; there once it is complete.</summary>
    public string Summary => System.IO.Path.Combine(Run, "summary.json");

    /// <summary>What the training said.</summary>
    public string Log => System.IO.Path.Combine(Path, "log.txt");

    internal string Recipe => System.IO.Path.Combine(Path, "recipe.json");

    internal string Lock => System.IO.Path.Combine(Path, "lock");

    // Names a run that can be resumed, be it only from its beginning.
    internal string Request => System.IO.Path.Combine(Run, "checkpoint", "run.json");

    private string State => System.IO.Path.Combine(Path, "state.json");

    /// <summary>How far the task is. A complete run counts, whatever was noted.</summary>
    public TaskState Read()
    {
        TaskState noted = Noted();
        return noted.Stage == TaskStage.Finished || !File.Exists(Summary) ? noted
            : noted with { Stage = TaskStage.Finished, Message = null };
    }

    /// <summary>Notes how far it is; a crash leaves the old state or the new one.</summary>
    internal void Write(TaskState state)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(state, Options);
        Directory.CreateDirectory(Path);
        AtomicFile.WriteBytes(State, content, content.Length, toDisk: false);
    }

    /// <summary>Lets a task that failed be tried anew: who gives the command again has seen why, and perhaps mended it.</summary>
    /// <returns>The state now.</returns>
    internal TaskState Forgive(TaskState state)
    {
        TaskStage status = state.Stage == TaskStage.Failed ? TaskStage.Interrupted : state.Stage;
        TaskState forgiven = state with { Stage = status, Attempts = 0 };
        if (forgiven != state)
        {
            Write(forgiven);
        }

        return forgiven;
    }

    /// <summary>Something that is another one after each step of the training that is kept.</summary>
    internal string CheckpointStamp()
    {
        string folder = System.IO.Path.Combine(Run, "checkpoint");
        return !Directory.Exists(folder) ? "" : string.Join(
            ';',
            new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
                .Where(static file => file.Name != "run.json").OrderBy(static file => file.FullName, StringComparer.Ordinal)
                .Select(static file => FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
    }

    private TaskState Noted()
    {
        try
        {
            return JsonSerializer.Deserialize<TaskState>(File.ReadAllBytes(State), Options) ?? TaskState.New;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return TaskState.New;
        }
        catch (JsonException)
        {
            // Not by us, who write it at once; the folder of the run tells where to go on.
            return new TaskState(TaskStage.Interrupted, Message: "state.json is damaged");
        }
    }
}
