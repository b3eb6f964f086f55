using System;
using System.Collections.Generic;
using System.IO;
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
using HGQ.Runtime.Runs;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>Collects what the page of a run shows.</summary>
internal static class RunReport
{
    /// <summary>The page's name in the folder of a run.</summary>
    public const string FileName = "report.html";

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
        Dictionary<string, int> counted = [];
        HardwareReport? hardware = ModelLuts.Count(model, luts, notes, context, cancellation);
        if (hardware is not null)
        {
            CountFront(folder, run, hardware, luts, counted, context, cancellation);
        }

        if (counted.Count > 0 && counted.Count < run.Front.Count)
        {
            notes.Add(Invariant($"LUTs were counted of {counted.Count} of {run.Front.Count} points; --luts all counts all."));
        }

        return ContentOf(run, model) with { Hardware = hardware, Luts = counted, Evaluation = evaluation, Notes = notes };
    }

    // From the cheapest on, as long as that takes little time.
    private static void CountFront(
        string folder,
        RunRecord run,
        HardwareReport chosen,
        CountedPoints luts,
        Dictionary<string, int> counted,
        CommandContext context,
        CancellationToken cancellation)
    {
        using var progress = new MappingDisplay(context.Messages);
        double budget = luts == CountedPoints.All ? double.PositiveInfinity : ModelLuts.QuickEbops;
        for (int n = 0; n < run.Front.Count; n++)
        {
            RunPoint point = run.Front[n];
            if (n == run.Chosen)
            {
                counted[point.File] = chosen.Total.Luts;
            }
            else if (point.Ebops <= budget)
            {
                cancellation.ThrowIfCancellationRequested();
                budget -= point.Ebops;
                ModelGraph model = ModelArgument.Read(Path.Combine(folder, point.File));
                counted[point.File] = HardwareTable.Count(model, progress, cancellation).Total.Luts;
            }
        }
    }

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
