using System;
using System.IO;
using System.Linq;
using HGQ.Model.Serialization;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Folders;

/// <summary>The folder of a sweep: its plan, a folder for each task, and what was collected.</summary>
public sealed class SweepFolder
{
    private SweepFolder(string path, SweepPlan plan) => (Path, Plan) = (path, plan);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The tasks.</summary>
    public SweepPlan Plan { get; }

    /// <summary>There while tasks that were cancelled are not to be begun again by the cluster.</summary>
    internal string Cancelled => Combine("cancelled");

    internal string Slurm => Combine("slurm");

    private string Lock => Combine("lock");

    private string Executor => Combine("executor.json");

    /// <summary>Whether a path is the folder of a sweep.</summary>
    public static bool IsSweep(string path) => File.Exists(System.IO.Path.Combine(path, "plan.json"));

    /// <summary>The folder of a sweep that was begun.</summary>
    /// <exception cref="SweepException">It is none.</exception>
    public static SweepFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return IsSweep(full)
            ? new SweepFolder(full, PlanFile.Read(System.IO.Path.Combine(full, "plan.json")))
            : throw new SweepException(path, 0, 0, "this is not the folder of a sweep; give the sweep file, and the folder by --out.");
    }

    /// <summary>Makes the folder of a sweep, with its list of tasks, or opens that of the same sweep.</summary>
    /// <exception cref="SweepException">It holds another sweep, or something else; nothing is touched then.</exception>
    public static SweepFolder Create(string path, SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string full = System.IO.Path.GetFullPath(path);
        if (!IsSweep(full))
        {
            if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
            {
                throw new SweepException(path, 0, 0, "it is not the folder of a sweep, and holds something else; name another one.");
            }

            Directory.CreateDirectory(full);
            PlanFile.Write(System.IO.Path.Combine(full, "plan.json"), plan);
            return new SweepFolder(full, plan);
        }

        SweepFolder found = Open(path);
        string[] differences = [.. plan.DifferencesFrom(found.Plan)];
        return differences.Length == 0
            ? found
            : throw new SweepException(path, 0, 0, $"it holds another sweep: {string.Join("; ", differences)}. Name another folder.");
    }

    /// <summary>The folder of a task.</summary>
    public TaskFolder Of(SweepTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new TaskFolder(Combine("tasks", task.Name));
    }

    /// <summary>Full path of something in the folder.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Keeps a second program from running the same tasks; noted with the process, so that it can be told to stop.</summary>
    /// <exception cref="SweepException">Another one is at work.</exception>
    internal IDisposable Hold()
    {
        FileStream held = TryLock(Lock) ?? throw new SweepException(
            Path, 0, 0, $"another hgq sweep is at work there{(Owner() is { } owner ? $" (process {owner.Id} on {owner.Host})" : "")}.");
        AtomicFile.WriteText(Executor, System.Text.Json.JsonSerializer.Serialize(ProcessIdentity.Current()) + "\n");
        return held;
    }

    /// <summary>The program that runs tasks here, as far as it is known; null: none.</summary>
    internal ProcessIdentity? Owner()
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<ProcessIdentity>(File.ReadAllBytes(Executor));
        }
        catch (Exception e) when (e is FileNotFoundException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>A lock that ends with the process, however that ends; null where another one has it.</summary>
    internal static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
