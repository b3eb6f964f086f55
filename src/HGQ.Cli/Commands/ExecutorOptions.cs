using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Model.Serialization;
using HGQ.Sweep.Control;
using HGQ.Sweep.Executors;
using HGQ.Sweep.Executors.Slurm;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;

namespace HGQ.Cli.Commands;

/// <summary>What runs the tasks of a sweep, and how.</summary>
internal sealed class ExecutorOptions
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(1);

    private readonly WordOption<bool> _executor = new(
        "--executor", "Where tasks run: on this machine, or on the Slurm cluster that it belongs to.", false, ("local", false),
            ("slurm", true));

    private readonly Option<int?> _jobs = NumberOption.OptionalCount(
        "--jobs", "Tasks at once. Default: one a processor; on Slurm as many as it has room for.", least: 1);

    private readonly Option<int> _attempts = NumberOption.Count(
        "--attempts", "How often a task may crash, or be stopped without getting on, until it has failed.", least: 1, standard: 3);

    private readonly Option<string?> _partition = new("--partition") { Description = "Slurm: the partition.", HelpName = "NAME" };
    private readonly Option<string?> _time = new("--time")
    {
        Description = "Slurm: time limit of a task, as sbatch reads it; a task that meets it goes on in its next turn.",
        HelpName = "TIME",
    };

    private readonly Option<int?> _arraySize =
        NumberOption.OptionalCount("--array-size", "Slurm: tasks of one array at most. Default: 1000.", least: 1);
    private readonly Option<string[]> _sbatch =
        new("--sbatch") { Description = "Slurm: an option for sbatch, as --sbatch=--mem=2G. May be repeated.", HelpName = "OPTION" };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Slurm: submit and return." };
    private readonly Option<string?> _trainer = new("--trainer")
    {
        Description = "Program that trains in place of hgq: it takes the same arguments and leaves the same files.",
        HelpName = "PROGRAM",
    };

    // What the batch script calls.
    private readonly Option<string?> _task = new("--run-task") { Hidden = true, HelpName = "NAME" };

    public IEnumerable<Option> All =>
        [_executor.Option, _jobs, _attempts, _partition, _time, _arraySize, _sbatch, _noWait, _trainer, _task];

    /// <summary>The task that is to be run alone, or null.</summary>
    public string? TaskName(ParseResult arguments) => arguments.GetValue(_task);

    /// <summary>Refuses options before anything is begun.</summary>
    /// <exception cref="CommandException">A value can't be, or options don't go together.</exception>
    public void Require(ParseResult arguments)
    {
        Trainer(arguments);
        Option[] ofSlurm = [_partition, _time, _arraySize, _sbatch, _noWait];
        if (!_executor.Of(arguments) && ofSlurm.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } alone)
        {
            throw new CommandException($"{alone.Name} belongs to --executor slurm");
        }

        string[] words = [arguments.GetValue(_partition) ?? "", arguments.GetValue(_time) ?? "", .. arguments.GetValue(_sbatch) ?? []];
        if (words.FirstOrDefault(static word => word.Contains('\n', StringComparison.Ordinal)) is not null)
        {
            throw new CommandException("an option of sbatch has a line break in it; it stands in one line of the batch script");
        }

        if (words[2..].FirstOrDefault(static word => !word.StartsWith('-')) is { } odd)
        {
            throw new CommandException($"--sbatch '{odd}': expected an option of sbatch in one word, for example --sbatch=--mem=2G");
        }
    }

    /// <summary>Runs all tasks that are not finished.</summary>
    public SweepCounts Run(ParseResult arguments, SweepFolder folder, ISweepProgress progress, CancellationToken cancellation)
    {
        TaskSettings settings = Settings(arguments);
        if (_executor.Of(arguments))
        {
            var slurm = new SlurmExecutor(folder, SlurmOptions(arguments, folder), settings.Attempts);
            return slurm.RunAsync(waits: !arguments.GetValue(_noWait), progress, cancellation).GetAwaiter().GetResult();
        }

        SweepControl.RequireUnqueuedAsync(folder).GetAwaiter().GetResult();
        int jobs = arguments.GetValue(_jobs) ?? Environment.ProcessorCount;
        int threads = Math.Max(1, Environment.ProcessorCount / jobs);
        return new LocalExecutor(folder, settings with { Threads = threads }, jobs).RunAsync(progress, cancellation).GetAwaiter()
            .GetResult();
    }

    /// <summary>One attempt of one task.</summary>
    /// <returns>Exit code: 0 complete, 75 to be tried again, 1 failed.</returns>
    public int RunTask(ParseResult arguments, SweepFolder folder, string name, CancellationToken cancellation)
    {
        SweepTask task;
        try
        {
            task = folder.Plan.Find(name);
        }
        catch (ArgumentException fault)
        {
            throw new CommandException($"--run-task: {PlainMessage.Of(fault)}", inner: fault);
        }

        string? processors = Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK");
        int threads = int.TryParse(processors, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? Math.Max(1, given) : 1;
        var runner = new TaskRunner(folder, Settings(arguments) with { Threads = threads });
        while (true)
        {
            TaskOutcome outcome = runner.RunAsync(task, cancellation).GetAwaiter().GetResult();
            switch (outcome)
            {
                case TaskOutcome.Finished:
                    return ExitCode.Done;
                case TaskOutcome.TryAgain:
                case TaskOutcome.Stopped:
                    return ExitCode.TryAgain;
                case TaskOutcome.Failed:
                    return ExitCode.Mismatch;
                case TaskOutcome.Busy:
                    // The runner before this one is still ending.
                    if (cancellation.WaitHandle.WaitOne(BusyPause))
                    {
                        return ExitCode.TryAgain;
                    }

                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(arguments), outcome, "An outcome without an exit code.");
            }
        }
    }

    /// <summary>What became of the tasks when the program was stopped, and how to go on.</summary>
    public string WordsOfInterruption(ParseResult arguments, string folder) => _executor.Of(arguments)
        ? $"interrupted; the tasks go on in Slurm. hgq sweep {folder} --status shows them, --cancel stops them, "
            + "and the same command watches again"
        : $"interrupted; the checkpoints are written, go on with: hgq sweep {folder}";

    private TaskSettings Settings(ParseResult arguments)
    {
        string[] own = OwnProgram();
        return new TaskSettings(Trainer(arguments) is { } trainer ? new Trainer(trainer, []) : new Trainer(own[0], own[1..]))
        {
            Attempts = arguments.GetValue(_attempts),
        };
    }

    private SlurmOptions SlurmOptions(ParseResult arguments, SweepFolder folder)
    {
        var runner = new List<string>(OwnProgram());
        runner.AddRange(["sweep", folder.Path, "--attempts", arguments.GetValue(_attempts).ToString(CultureInfo.InvariantCulture)]);
        if (Trainer(arguments) is { } trainer)
        {
            runner.AddRange(["--trainer", trainer]);
        }

        return new SlurmOptions
        {
            Partition = arguments.GetValue(_partition),
            Time = arguments.GetValue(_time),
            ArraySize = arguments.GetValue(_arraySize) ?? 1000,
            Jobs = arguments.GetValue(_jobs),
            Sbatch = arguments.GetValue(_sbatch) ?? [],
            Runner = runner,
        };
    }

    private string? Trainer(ParseResult arguments) => arguments.GetValue(_trainer) switch
    {
        null => null,
        { } path when File.Exists(path) => Path.GetFullPath(path),
        { } path => throw new CommandException($"--trainer {path}: there is no such file"),
    };

    // The program itself; where `dotnet` runs it, that and the library.
    private static string[] OwnProgram()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, typeof(ExecutorOptions).Assembly.Location] : [program];
    }
}
