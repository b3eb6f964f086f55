using System;
using System.Globalization;
using System.Text;

namespace HGQ.Runtime.Data;

/// <summary>A data file does not hold what it should: says where, what was found, what was expected and what to do.</summary>
public sealed class DataFormatException : Exception
{
    /// <summary>Creates the error; its message is composed of the parts.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="remedy">What to do about it, a sentence.</param>
    /// <param name="line">Line in the file, from 1; 0 where a line has no meaning.</param>
    /// <param name="column">Column (field) of a table, from 1; 0 where a column has no meaning.</param>
    /// <param name="columnName">The column's name in the header.</param>
    /// <param name="inner">The error underneath.</param>
    public DataFormatException(
        string file,
        string found,
        string expected,
        string remedy,
        long line = 0,
        int column = 0,
        string? columnName = null,
        Exception? inner = null)
        : base(Compose(file, found, expected, remedy, line, column, columnName), inner)
    {
        File = file;
        Found = found;
        Expected = expected;
        Remedy = remedy;
        Line = line;
        Column = column;
        ColumnName = columnName;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>Line in the file, from 1; 0 where a line has no meaning.</summary>
    public long Line { get; }

    /// <summary>Column (field) of a table, from 1; 0 where a column has no meaning.</summary>
    public int Column { get; }

    /// <summary>The column's name in the header, if it has one.</summary>
    public string? ColumnName { get; }

    /// <summary>What stands there.</summary>
    public string Found { get; }

    /// <summary>What should stand there.</summary>
    public string Expected { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    private static string Compose(
        string file, string found, string expected, string remedy, long line, int column, string? columnName)
    {
        var text = new StringBuilder(file);
        if (line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {line}");
        }

        if (column > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", column {column}");
        }

        if (columnName is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" \"{columnName}\"");
        }

        return text.Append(": found ").Append(found).Append(", expected ").Append(expected).Append(". ").Append(remedy).ToString();
    }
}
