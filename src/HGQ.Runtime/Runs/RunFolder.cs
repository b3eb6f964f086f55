using System;
using System.IO;
using System.Linq;

namespace HGQ.Runtime.Runs;

/// <summary>
/// The folder of a training run: <c>model.hgq.json</c>, <c>pareto/</c>, <c>history.csv</c>, <c>candidates.csv</c>,
/// <c>summary.json</c>, <c>report.html</c>, <c>checkpoint/</c>.
/// A folder with other content is refused unless forced, so that nothing of the user's is overwritten.
/// </summary>
public sealed class RunFolder
{
    private const string Marker = "run.json";

    /// <summary>Names a folder; nothing is touched yet.</summary>
    public RunFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The chosen model.</summary>
    public string Model => Combine("model.hgq.json");

    /// <summary>The models of the front.</summary>
    public string Pareto => Combine("pareto");

    /// <summary>Figures of every epoch.</summary>
    public string History => Combine("history.csv");

    /// <summary>Figures of all candidates.</summary>
    public string Candidates => Combine("candidates.csv");

    /// <summary>The page that shows the run.</summary>
    public string Report => Combine("report.html");

    /// <summary>Figures of the result.</summary>
    public string Summary => Combine("summary.json");

    /// <summary>State of the training.</summary>
    public string Checkpoint => Combine("checkpoint", "state.bin");

    /// <summary>Models of the phases that follow training.</summary>
    public string Phases => Combine("checkpoint", "front");

    /// <summary>What a model was trimmed for; marks the folder as one of trimming.</summary>
    public string Trimming => Combine("checkpoint", "trim.json");

    /// <summary>Whether this is a folder of <see cref="TrimRunner"/>.</summary>
    public bool IsTrimmed => IsRun && File.Exists(Trimming);

    /// <summary>State of the training with a seed.</summary>
    /// <param name="index">Number of the seed, from 0.</param>
    public string CheckpointOf(int index) =>
        index == 0 ? Checkpoint : Combine("checkpoint", FormattableString.Invariant($"state-{index + 1}.bin"));

    /// <summary>Figures of every epoch of the training with a seed.</summary>
    /// <param name="index">Number of the seed, from 0.</param>
    public string HistoryOf(int index) => index == 0 ? History : Combine(FormattableString.Invariant($"history-{index + 1}.csv"));

    /// <summary>What was asked for; marks the folder as one of ours.</summary>
    public string Request => Combine("checkpoint", Marker);

    /// <summary>Data that came through a pipe, so that the run can be resumed.</summary>
    public string PipedData => Combine("checkpoint", "model.data");

    /// <summary>Whether this is a folder of a run.</summary>
    public bool IsRun => File.Exists(Request);

    /// <summary>Makes the folder ready for a new run: results of an earlier run are removed, other content is refused.</summary>
    /// <param name="force">Takes a folder with other content too; what is not a result of a run stays.</param>
    /// <exception cref="IOException">The folder holds something else, or can't be written.</exception>
    public void Prepare(bool force)
    {
        if (File.Exists(Path) || (Directory.Exists(Path) && !IsRun && !force && Directory.EnumerateFileSystemEntries(Path).Any()))
        {
            throw new IOException($"{Path} is not the folder of a training run. Choose another one, or use --force to write into it.");
        }

        Directory.CreateDirectory(Combine("checkpoint"));
        foreach (string file in new[] { Model, History, Candidates, Summary, Report, Checkpoint, Request, Trimming, PipedData })
        {
            File.Delete(file);
        }

        for (int seed = 1; File.Exists(CheckpointOf(seed)) || File.Exists(HistoryOf(seed)); seed++)
        {
            File.Delete(CheckpointOf(seed));
            File.Delete(HistoryOf(seed));
        }

        if (Directory.Exists(Phases))
        {
            Directory.Delete(Phases, recursive: true);
        }

        ClearPareto();
    }

    /// <summary>Removes the models of an earlier front.</summary>
    public void ClearPareto()
    {
        Directory.CreateDirectory(Pareto);
        foreach (string file in Directory.EnumerateFiles(Pareto, "*.hgq.json"))
        {
            File.Delete(file);
        }
    }

    private string Combine(params string[] parts) => parts.Aggregate(Path, System.IO.Path.Combine);
}
