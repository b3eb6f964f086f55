using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>How a data set is read from a file.</summary>
public sealed record DataOptions
{
    /// <summary>
    /// The target: the column of a delimited text file, or the file with the labels of an IDX or NPY file. A folder with the four
    /// MNIST files needs none.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The task; null decides by the target: text or few distinct integers are classes.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>The feature columns; null means every column but the target.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns of a delimited text file that are not read; null means none.</summary>
    public IReadOnlyList<string>? Ignored { get; init; }

    /// <summary>What makes two labels of a classification the same class.</summary>
    public LabelReading Labels { get; init; } = LabelReading.Text;

    /// <summary>The separator of a delimited text file; null finds it.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What happens to rows with a missing value.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;
}
