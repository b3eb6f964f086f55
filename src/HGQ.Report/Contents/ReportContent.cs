using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Report.Runs;

namespace HGQ.Report.Contents;

/// <summary>What a page shows. What is not there is left out of the page, or a sentence says why it is missing.</summary>
public sealed record ReportContent
{
    /// <summary>The model: of a run the chosen one.</summary>
    public required ModelGraph Model { get; init; }

    /// <summary>The run; null for a page about a model alone.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>What the model costs in LUTs; null where nobody counted.</summary>
    public HardwareReport? Hardware { get; init; }

    /// <summary>LUTs of points of the front, by <see cref="RunPoint.File"/>; points that nobody counted are left out.</summary>
    public IReadOnlyDictionary<string, int> Luts { get; init; } = new Dictionary<string, int>();

    /// <summary>How good the model is on some rows, and what its layers were between; null without rows.</summary>
    public EvaluationRecord? Evaluation { get; init; }

    /// <summary>Sentences for the reader: what is missing on the page, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The commands that made the model and the page, in order.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}
