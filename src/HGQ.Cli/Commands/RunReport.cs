using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Serialization;
using HGQ.Report;
using HGQ.Report.Contents;
using HGQ.Report.Runs;
using HGQ.Runtime.Data;
using HGQ.Runtime.Training.Runs;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>Collects what the page of a run shows.</summary>
internal static class RunReport
{
    /// <summary>The page's name in the folder of a run.</summary>
    public const string FileName = "report.html";

    // Points that are counted beside the chosen one: mapping takes about half a second for each 1,000 EBOPs.
    private const double CountedEbops = 50_000;

    /// <summary>
    /// Writes the page of a run that has just ended, without LUTs, which take longer. The run is whole already: whatever goes wrong is
    /// told, and nothing more.
    /// </summary>
    /// <param name="folder">The folder of the run, as the user named it.</param>
    /// <param name="rows">Finds the rows that judge.</param>
    /// <param name="context">Hears what went wrong.</param>
    /// <param name="cancellation">Leaves the page out.</param>
    /// <returns>The file; null where there is none.</returns>
    public static string? TryWrite(string folder, FindRows rows, CommandContext context, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            FaultInjection.ApplyToReport();
            ModelGraph model = ModelArgument.Read(Path.Combine(folder, ReportFiles.Model));
            EvaluationRecord evaluation = RowEvaluation.Of(model, rows, RowEvaluation.QuickWork, cancellation);
            string[] notes = [$"LUTs were not counted. This counts them: {ReportFiles.Command("report", ReportFiles.Run)}"];
            AtomicFile.WriteText(path, HtmlReport.Write(ContentOf(RunReader.Read(folder), model) with
            {
                Evaluation = evaluation,
                Notes = notes,
            }));
            return path;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            context.Messages.Warning($"the run is whole, but {path} was not written: {PlainMessage.Of(fault)}");
            return null;
        }
    }

    /// <summary>Collects everything.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="data">Where its data are now; null: where they were.</param>
    /// <param name="luts">Which points are counted.</param>
    /// <param name="context">Hears how it goes.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ReportContent Collect(
        string folder, string? data, CountedPoints luts, CommandContext context, CancellationToken cancellation)
    {
        RunRecord run = RunReader.Read(folder);
        ModelGraph model = ModelArgument.Read(Path.Combine(folder, ReportFiles.Model));
        List<string> notes = [];
        EvaluationRecord? evaluation = Evaluate(folder, data, model, notes, context, cancellation);
        using var progress = new MappingDisplay(context.Messages);
        Dictionary<string, int> counted = [];
        HardwareReport? hardware = luts == CountedPoints.None ? null : HardwareTable.Count(model, progress, cancellation);
        double budget = luts == CountedPoints.All ? double.PositiveInfinity : CountedEbops;
        foreach (RunPoint point in luts == CountedPoints.None ? [] : Order(run))
        {
            bool isChosen = run.Chosen >= 0 && point == run.Front[run.Chosen];
            budget -= isChosen ? 0 : point.Ebops;
            if (budget < 0)
            {
                notes.Add(Invariant($"LUTs were counted of {counted.Count} of {run.Front.Count} points; --luts all counts all."));
                break;
            }

            cancellation.ThrowIfCancellationRequested();
            counted[point.File] = isChosen
                ? hardware!.Total.Luts
                : HardwareTable.Count(ModelArgument.Read(Path.Combine(folder, point.File)), progress, cancellation).Total.Luts;
        }

        return ContentOf(run, model) with { Hardware = hardware, Luts = counted, Evaluation = evaluation, Notes = notes };
    }

    // The chosen point first, then from the cheapest on.
    private static IEnumerable<RunPoint> Order(RunRecord run) => run.Front.Select((point, n) => (point, n))
        .OrderBy(pair => pair.n == run.Chosen ? 0 : 1).Select(static pair => pair.point);

    private static EvaluationRecord? Evaluate(
        string folder, string? data, ModelGraph model, List<string> notes, CommandContext context, CancellationToken cancellation)
    {
        RunRequest request = RunRows.RequestOf(Path.Combine(folder, ReportFiles.Model))
            ?? throw new CommandException($"{folder}: not the folder of a run");
        try
        {
            return RowEvaluation.Of(
                model, (program, description) => RunRows.LoadJudged(request, data, program, description), long.MaxValue, cancellation);
        }
        catch (Exception fault) when (data is null && fault is DataFormatException or IOException or UnauthorizedAccessException)
        {
            context.Messages.Warning(
                $"the data of the run are not at hand, so confusion and ranges are left out (--data names them): {PlainMessage.Of(fault)}");
            notes.Add("The data of the run were not at hand: confusion or residuals, ranges and overflows are left out.");
            return null;
        }
    }

    private static ReportContent ContentOf(RunRecord run, ModelGraph model) => new()
    {
        Model = model,
        Run = run,
        Commands =
        [
            .. run.Command.Count > 0 ? [ReportFiles.Command([.. run.Command])] : Array.Empty<string>(),
            ReportFiles.Command("report", ReportFiles.Run),
        ],
    };
}
