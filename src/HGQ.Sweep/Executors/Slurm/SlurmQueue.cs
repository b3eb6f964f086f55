using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Serialization;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Sweep.Executors.Slurm;

/// <summary>A task that the cluster has.</summary>
/// <param name="Job">Number of the array's job.</param>
/// <param name="State">What Slurm calls its state, for example RUNNING.</param>
internal sealed record QueuedTask(string Job, string State);

/// <summary>
/// The arrays of a sweep. Each has a list of its tasks in the folder, and a name that holds the sweep's own mark and the number of the
/// list: the queue alone tells which tasks are there, whoever submitted them and whether that program lived to note it.
/// </summary>
internal sealed class SlurmQueue
{
    private readonly SweepFolder _folder;
    private readonly string _prefix;
    private readonly Dictionary<string, string[]> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string List, int Line)> _last = new(StringComparer.Ordinal);
    private int _number;

    public SlurmQueue(SweepFolder folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder.Slurm);
        string mark = Path.Combine(folder.Slurm, "mark");
        if (!File.Exists(mark))
        {
            AtomicFile.WriteText(mark, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8]);
        }

        _prefix = $"hgq-{File.ReadAllText(mark)}-";
        foreach (string file in Directory.EnumerateFiles(folder.Slurm, "*.txt").Order(StringComparer.Ordinal))
        {
            Know(Path.GetFileNameWithoutExtension(file), File.ReadAllLines(file));
        }
    }

    /// <summary>Whether tasks of the folder were ever given to Slurm.</summary>
    public static bool IsUsed(SweepFolder folder) => Directory.Exists(folder.Slurm);

    /// <summary>The tasks that wait or run, by name; null where the queue can't be read.</summary>
    /// <exception cref="SweepToolMissingException">There is no squeue.</exception>
    public async Task<(IReadOnlyDictionary<string, QueuedTask>? Tasks, string Error)> ReadAsync()
    {
        SlurmAnswer answer = await SlurmProgram.RunAsync("squeue", "--noheader", "--array", "--me", "--format=%j|%K|%T|%F");
        if (answer.Code != 0)
        {
            return (null, answer.Error);
        }

        var tasks = new Dictionary<string, QueuedTask>(StringComparer.Ordinal);
        foreach (string[] cells in answer.Output.Split('\n').Select(static line => line.Trim().Split('|')))
        {
            if (cells.Length == 4 && cells[0].StartsWith(_prefix, StringComparison.Ordinal)
                && _lists.TryGetValue(cells[0][_prefix.Length..], out string[]? names)
                && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int line) && line >= 1
                    && line <= names.Length)
            {
                tasks[names[line - 1]] = new QueuedTask(cells[3], cells[2]);
            }
        }

        return (tasks, "");
    }

    /// <summary>Submits an array; its list is there before, so that nothing is submitted that could not be told again.</summary>
    /// <returns>Number of the job.</returns>
    /// <exception cref="SweepException">Slurm refuses it.</exception>
    public async Task<string> SubmitAsync(IReadOnlyList<SweepTask> tasks, SlurmOptions options)
    {
        string number = (_number + 1).ToString("D4", CultureInfo.InvariantCulture);
        string[] names = [.. tasks.Select(static task => task.Name)];
        string list = Path.Combine(_folder.Slurm, number + ".txt"), script = Path.ChangeExtension(list, ".sh");
        AtomicFile.WriteText(list, string.Concat(names.Select(static name => name + "\n")));
        AtomicFile.WriteText(script, SlurmScript.Print(_folder, _prefix + number, list, names.Length, options));
        Know(number, names);
        SlurmAnswer answer = await SlurmProgram.RunAsync("sbatch", "--parsable", script);
        if (answer.Code != 0)
        {
            throw new SweepException(script, 0, 0, $"sbatch refuses it: {answer.Error}. Mend the options, and give the command again.");
        }

        string job = answer.Output.Trim().Split(';')[0];
        AtomicFile.WriteText(Path.ChangeExtension(list, ".job"), job + "\n");
        return job;
    }

    /// <summary>Takes everything out of the queue.</summary>
    /// <returns>How many tasks were in it.</returns>
    /// <exception cref="SweepException">It can't be done.</exception>
    public async Task<int> CancelAsync()
    {
        (IReadOnlyDictionary<string, QueuedTask>? tasks, string error) = await ReadAsync();
        if (tasks is null)
        {
            throw new SweepException(_folder.Path, 0, 0, $"the queue can't be read: {error}. Try again.");
        }

        string[] jobs = [.. tasks.Values.Select(static task => task.Job).Distinct()];
        SlurmAnswer answer = jobs.Length == 0 ? new SlurmAnswer(0, "", "") : await SlurmProgram.RunAsync("scancel", jobs);
        return answer.Code == 0 ? tasks.Count
            : throw new SweepException(_folder.Path, 0, 0, $"scancel refuses: {answer.Error}. Try again.");
    }

    /// <summary>How Slurm says that tasks ended, by name; empty where the cluster keeps no accounts, or knows nothing of them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EndsAsync(IReadOnlyList<SweepTask> tasks)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SweepTask task in tasks)
        {
            if (_last.TryGetValue(task.Name, out (string List, int Line) place)
                && Path.Combine(_folder.Slurm, place.List + ".job") is { } file && File.Exists(file))
            {
                names[FormattableString.Invariant($"{File.ReadAllText(file).Trim()}_{place.Line}")] = task.Name;
            }
        }

        string jobs = string.Join(',', names.Keys.Select(static key => key.Split('_')[0]).Distinct());
        if (jobs.Length == 0)
        {
            return names;
        }

        SlurmAnswer answer =
            await SlurmProgram.RunAsync("sacct", "--noheader", "--parsable2", "--allocations", $"--jobs={jobs}", "--format=JobID,State");
        IEnumerable<string[]> rows = answer.Code == 0 ? answer.Output.Split('\n').Select(static line => line.Trim().Split('|')) : [];
        return rows.Where(cells => cells.Length == 2 && names.ContainsKey(cells[0]))
            .GroupBy(cells => names[cells[0]]).ToDictionary(static group => group.Key, static group => group.Last()[1]);
    }

    private void Know(string number, string[] names)
    {
        _lists[number] = names;
        _number = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? Math.Max(n, _number) : _number;
        for (int line = 0; line < names.Length; line++)
        {
            _last[names[line]] = (number, line + 1);
        }
    }
}
