using System.Collections.Generic;

namespace HGQ.Report.Runs;

/// <summary>What the files of a finished run tell, in the units in which people read scores (an error is positive).</summary>
public sealed record RunRecord
{
    /// <summary>Title of the recipe.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the data file.</summary>
    public required string Data { get; init; }

    /// <summary>Check sum of the data; null where the run did not note it.</summary>
    public string? DataHash { get; init; }

    /// <summary>The column that was learned; null where it is not known.</summary>
    public string? Target { get; init; }

    /// <summary>Seed of the first training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What points are judged by: <c>accuracy</c> or <c>rms error</c>.</summary>
    public required string Score { get; init; }

    /// <summary>Rows to train, to choose by and to test; null where the run did not note them.</summary>
    public RowCounts? Rows { get; init; }

    /// <summary>The front by rising EBOPs.</summary>
    public required IReadOnlyList<RunPoint> Front { get; init; }

    /// <summary>Number of the chosen point on the front; −1 where it is not on it.</summary>
    public required int Chosen { get; init; }

    /// <summary>All candidates in the order in which they were found; empty where the run did not note them.</summary>
    public IReadOnlyList<RunCandidate> Candidates { get; init; } = [];

    /// <summary>The figures of every epoch of every training.</summary>
    public IReadOnlyList<RunCurve> Curves { get; init; } = [];

    /// <summary>The recipe as indented JSON.</summary>
    public required string Recipe { get; init; }

    /// <summary>The model description that was trained, as it was read; null for the dense network of the recipe.</summary>
    public string? Description { get; init; }

    /// <summary>What was worth a warning.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Versions of what made the run, by name.</summary>
    public IReadOnlyList<(string Name, string Version)> Versions { get; init; } = [];

    /// <summary>The words of the command that made it, the tool's name left out; empty where a program did.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Whether more of the score is better.</summary>
    public bool IsAccuracy => Score == "accuracy";
}

/// <summary>How the rows of the data were parted.</summary>
/// <param name="Training">Rows that were learned from.</param>
/// <param name="Validation">Rows that chose.</param>
/// <param name="Test">Rows that nothing depended on.</param>
public sealed record RowCounts(int Training, int Validation, int Test);

/// <summary>A point of the front.</summary>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows.</param>
/// <param name="ValidationError">Its standard error; null where the run did not note it.</param>
/// <param name="Test">Score on the test rows; null without any.</param>
/// <param name="TestError">Its standard error; null where there is none.</param>
/// <param name="NonzeroWeights">Weights that are not 0.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="File">The model file, relative to the folder.</param>
public sealed record RunPoint(
    long Ebops,
    double Validation,
    double? ValidationError,
    double? Test,
    double? TestError,
    int NonzeroWeights,
    string Origin,
    string File);

/// <summary>A candidate.</summary>
/// <param name="Ebops">Exact EBOPs.</param>
/// <param name="Validation">Score on the validation rows.</param>
/// <param name="Origin">Where it comes from: the seed first, where there are several trainings.</param>
public sealed record RunCandidate(long Ebops, double Validation, string Origin);

/// <summary>The epochs of one training.</summary>
/// <param name="Name">For example <c>seed 1</c>.</param>
/// <param name="Epochs">In order.</param>
public sealed record RunCurve(string Name, IReadOnlyList<RunEpoch> Epochs);

/// <summary>Figures of an epoch.</summary>
/// <param name="Epoch">Epoch, from 1.</param>
/// <param name="Loss">Mean task loss.</param>
/// <param name="Score">Score on the validation rows.</param>
/// <param name="Ebops">Running EBOPs.</param>
/// <param name="Beta">β.</param>
/// <param name="LearningRate">Learning rate.</param>
public sealed record RunEpoch(int Epoch, double Loss, double Score, double Ebops, double Beta, double LearningRate);
