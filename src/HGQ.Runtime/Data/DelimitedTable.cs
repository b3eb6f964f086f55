using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>The rows of a delimited text file: numbers for the features, text for the target.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="FeatureNames">The feature columns' names.</param>
/// <param name="Features">The features, shape (rows, columns).</param>
/// <param name="Target">The target's cells, null without a target column.</param>
/// <param name="TargetColumn">The target's column number from 1, 0 without one.</param>
/// <param name="Lines">The line each row begins on, from 1.</param>
/// <param name="DroppedRows">Rows left out because of a missing value.</param>
public sealed record DelimitedTable(
    string File,
    IReadOnlyList<string> FeatureNames,
    NumericArray Features,
    IReadOnlyList<string>? Target,
    int TargetColumn,
    IReadOnlyList<int> Lines,
    int DroppedRows)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => Lines.Count;
}
