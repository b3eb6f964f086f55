using System;
using System.Globalization;

namespace HGQ.Runtime.Descriptions;

/// <summary>A model description that can't be followed: says where, what was found, what was expected, and what to do.</summary>
public sealed class DescriptionException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="file">The description, as the caller named it.</param>
    /// <param name="line">Line from 1; 0 where none is to blame.</param>
    /// <param name="column">Column from 1; 0 where none is to blame.</param>
    /// <param name="problem">The member concerned, what was found, what was expected, what to do.</param>
    /// <param name="inner">The error underneath.</param>
    public DescriptionException(string file, int line, int column, string problem, Exception? inner = null)
        : base(line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}, column {column}: {problem}") : $"{file}: {problem}", inner) =>
        (File, Line, Column) = (file, line, column);

    /// <summary>The description.</summary>
    public string File { get; }

    /// <summary>Line from 1; 0 where none is to blame.</summary>
    public int Line { get; }

    /// <summary>Column from 1; 0 where none is to blame.</summary>
    public int Column { get; }
}
