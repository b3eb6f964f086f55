using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>What to do with a row that lacks a value (an empty cell, or NA, NaN, null, ? or N/A in any case).</summary>
public enum MissingValues
{
    /// <summary>Refuse the file, naming the first such cell.</summary>
    Refuse,

    /// <summary>Leave the row out; the rows are counted in a warning.</summary>
    DropRow,
}

/// <summary>How a delimited text file is read.</summary>
public sealed record DelimitedTextOptions
{
    /// <summary>The target column, kept as text; null where every column is a feature.</summary>
    public string? Target { get; init; }

    /// <summary>The feature columns in the wanted order; null means every column but the target, in the file's order.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns that are not read; null means none.</summary>
    public IReadOnlyList<string>? Ignored { get; init; }

    /// <summary>The separator; null finds it (tab, comma, semicolon or |) by the header.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What happens to rows with a missing value.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;
}
