using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Reads comma, tab, semicolon or | separated text with a header line, plain or packed with gzip.</summary>
public static class DelimitedTextReader
{
    private static readonly HashSet<string> MissingTexts =
        new(StringComparer.OrdinalIgnoreCase) { string.Empty, "na", "n/a", "nan", "null", "?" };

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFormatException">Anything about the file or its cells is not as it should be.</exception>
    public static DelimitedTable Read(string path, DelimitedTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Parse(path, DataFile.ReadAllBytes(path), options);
    }

    /// <summary>Reads text that is at hand; <paramref name="file"/> names it in errors.</summary>
    /// <exception cref="DataFormatException">Anything about the text or its cells is not as it should be.</exception>
    public static DelimitedTable Parse(string file, string text, DelimitedTextOptions options)
    {
        var records = new DelimitedRecords(file, text, options.Delimiter ?? DelimitedText.FindDelimiter(text));
        var header = new List<string>();
        if (!records.Read(header))
        {
            throw new DataFormatException(file, "no line", "a header line with the columns' names", "Check that the file is complete.");
        }

        var columns = TableColumns.Choose(file, records.Line, header, options);
        var rows = new TableRows(columns);
        var fields = new List<string>(header.Count);
        while (records.Read(fields))
        {
            RequireWidth(file, records.Line, fields.Count, header.Count);
            AddRow(file, records.Line, fields, header, options, rows);
        }

        return rows.Count > 0
            ? rows.ToTable(file)
            : throw new DataFormatException(
                file, "no row", "rows below the header", "Check that the file is complete and that rows were not all dropped.");
    }

    /// <summary>The names in a file's header line, in order.</summary>
    /// <exception cref="DataFormatException">The file can't be read or has no line.</exception>
    public static IReadOnlyList<string> ReadHeader(string path, char? delimiter = null) => ParseHeader(path, DataFile.ReadAllBytes(path), delimiter);

    internal static IReadOnlyList<string> ParseHeader(string path, byte[] bytes, char? delimiter)
    {
        string text = DelimitedText.Decode(path, bytes, delimiter);
        var header = new List<string>();
        return new DelimitedRecords(DataFile.NameOf(path), text, delimiter ?? DelimitedText.FindDelimiter(text)).Read(header)
            ? header
            : throw new DataFormatException(DataFile.NameOf(path), "no line", "a header line", "Check that the file is complete.");
    }

    internal static DelimitedTable Parse(string path, byte[] bytes, DelimitedTextOptions options) =>
        Parse(DataFile.NameOf(path), DelimitedText.Decode(path, bytes, options.Delimiter), options);

    private static void AddRow(
        string file, int line, List<string> fields, List<string> header, DelimitedTextOptions options, TableRows rows)
    {
        int missing = rows.Columns.All.FirstOrDefault(c => MissingTexts.Contains(fields[c]), -1);
        if (missing >= 0 && options.Missing == MissingValues.DropRow)
        {
            rows.Dropped++;
            return;
        }

        if (missing >= 0)
        {
            string found = fields[missing].Length == 0 ? "an empty cell" : $"\"{fields[missing]}\"";
            throw new DataFormatException(
                file, found, "a value", "Fill it in, or leave such rows out (train, evaluate: --missing drop).", line, missing + 1, header[missing]);
        }

        foreach (int column in rows.Columns.Features)
        {
            rows.Add(ParseNumber(file, line, column, header[column], fields[column]));
        }

        rows.EndRow(line, fields);
    }

    private static double ParseNumber(string file, int line, int column, string name, string cell)
    {
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            throw new DataFormatException(
                file, $"\"{cell}\"", "a number",
                "Numbers are written as 1.5 or 2e-3, without separators of thousands; encode text as numbers, or leave the column out (train: --ignore).",
                line, column + 1, name);
        }

        return FiniteNumber.Problem(value) is not { } expected
            ? value
            : throw new DataFormatException(file, $"\"{cell}\"", expected, "Replace it, use another unit, or remove the row.", line, column + 1, name);
    }

    private static void RequireWidth(string file, int line, int found, int expected)
    {
        if (found != expected)
        {
            throw new DataFormatException(
                file,
                FormattableString.Invariant($"{found} cells"),
                FormattableString.Invariant($"{expected} as in the header"),
                "Add or remove cells, or quote those that hold the separator.",
                line,
                Math.Min(found, expected) + 1);
        }
    }
}
