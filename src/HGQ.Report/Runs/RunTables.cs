using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HGQ.Report.Runs;

/// <summary>Reads the tables of a run's folder.</summary>
internal static class RunTables
{
    private const string HistoryHeader = "epoch,loss,validation_score,ebops,beta,learning_rate";
    private const string CandidateHeader = "ebops,validation_score,nonzero_weights,origin";

    /// <summary>The candidates; none where the file is not there.</summary>
    /// <exception cref="ReportException">The file is damaged.</exception>
    public static IReadOnlyList<RunCandidate> Candidates(string path) =>
        [.. Rows(path, CandidateHeader, 4).Select(row => new RunCandidate(
            (long)Number(path, row, 0), Number(path, row, 1), row.Cells[3].Trim('"')))];

    /// <summary>The epochs of all trainings of a run.</summary>
    /// <exception cref="ReportException">A file is damaged.</exception>
    public static IEnumerable<RunCurve> Curves(string folder, ulong seed, bool isAccuracy)
    {
        for (int n = 1; ; n++)
        {
            string path = Path.Combine(folder, n == 1 ? "history.csv" : FormattableString.Invariant($"history-{n}.csv"));
            if (!File.Exists(path))
            {
                yield break;
            }

            // An error counts negatively in the file.
            double sign = isAccuracy ? 1 : -1;
            RunEpoch[] epochs =
            [
                .. Rows(path, HistoryHeader, 6).Select(row => new RunEpoch(
                    (int)Number(path, row, 0) + 1,
                    Number(path, row, 1),
                    sign * Number(path, row, 2),
                    Number(path, row, 3),
                    Number(path, row, 4),
                    Number(path, row, 5))),
            ];
            yield return new RunCurve(FormattableString.Invariant($"seed {seed + (ulong)n - 1}"), epochs);
        }
    }

    private static IEnumerable<(int Line, string[] Cells)> Rows(string path, string header, int columns)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != header)
        {
            throw new ReportException(path, $"found another first line than '{header}'; a run wrote it otherwise");
        }

        for (int n = 1; n < lines.Length; n++)
        {
            // The last cell may hold commas.
            string[] cells = lines[n].Split(',', columns);
            yield return cells.Length == columns
                ? (n + 1, cells)
                : throw new ReportException(
                    path, FormattableString.Invariant($"line {n + 1} has {cells.Length} cells, expected {columns}"));
        }
    }

    private static double Number(string path, (int Line, string[] Cells) row, int cell) =>
        double.TryParse(row.Cells[cell], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new ReportException(path, FormattableString.Invariant($"line {row.Line}: '{row.Cells[cell]}' is no number"));
}
