using System.Collections.Generic;
using System.Linq;
using HGQ.Sweep.Folders;
using static System.FormattableString;

namespace HGQ.Sweep.Executors.Slurm;

/// <summary>The batch script of an array.</summary>
internal static class SlurmScript
{
    /// <summary>Exit code of a task that is to be tried again (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryAgain = 75;

    public static string Print(SweepFolder folder, string name, string list, int count, SlurmOptions options)
    {
        string most = options.Jobs is { } jobs ? Invariant($"%{jobs}") : "";
        var lines = new List<string>
        {
            $"--job-name={name}",
            Invariant($"--array=1-{count}{most}"),
            "--requeue",
            "--open-mode=append",
            $"--chdir={Word(folder.Path)}",
            $"--output={Word(System.IO.Path.ChangeExtension(list, null).Replace("%", "%%", System.StringComparison.Ordinal) + "-%a.out")}",

            // A minute before the time limit the training is asked to write its checkpoint.
            "--signal=B:TERM@60",
        };
        Add(lines, "--partition", options.Partition);
        Add(lines, "--time", options.Time);
        lines.AddRange(options.Sbatch);
        string runner = string.Join(' ', options.Runner.Select(Quote));
        return "#!/bin/bash\n" + string.Concat(lines.Select(static line => $"#SBATCH {line}\n")) + Invariant($$"""
            # One task of a sweep: line number SLURM_ARRAY_TASK_ID of the list. Written by hgq sweep; each submission has a new one.
            task=$(sed -n "${SLURM_ARRAY_TASK_ID}p" {{Quote(list)}})
            trap 'kill -TERM "$runner" 2>/dev/null' TERM INT
            {{runner}} --run-task "$task" &
            runner=$!
            while :; do
              wait "$runner"; code=$?
              kill -0 "$runner" 2>/dev/null || break
            done
            # Stopped by the time limit, or killed: Slurm itself begins it again, also where nobody watches any more.
            case $code in
              {{TryAgain}}|137|143) [ -e {{Quote(folder.Cancelled)}} ] || scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" ;;
            esac
            exit "$code"

            """);
    }

    /// <summary>A word of the shell.</summary>
    public static string Quote(string word) => "'" + word.Replace("'", "'\\''", System.StringComparison.Ordinal) + "'";

    private static void Add(List<string> lines, string option, string? value)
    {
        if (value is not null)
        {
            lines.Add($"{option}={value}");
        }
    }

    // The comments of a batch script are cut at blanks outside of quotes.
    private static string Word(string text) => text.Contains(' ', System.StringComparison.Ordinal) ? $"\"{text}\"" : text;
}
