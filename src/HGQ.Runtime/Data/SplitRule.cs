using System;
using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>A way to part rows into training, validation and test; the same rows always give the same parts.</summary>
public abstract record SplitRule
{
    private protected SplitRule()
    {
    }

    /// <summary>Parts the rows of a data set.</summary>
    /// <exception cref="ArgumentException">A part that must hold rows would hold none.</exception>
    public RowSplit Split(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RowSplit split = SplitRows(data);
        return split.Train.Count > 0 && split.Validation.Count > 0
            ? split
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"{data.Source}: of {data.Count} rows {split.Train.Count} would train and {split.Validation.Count} validate; both need at least one. Give more rows, or another split in the recipe."),
                nameof(data));
    }

    private protected abstract RowSplit SplitRows(Dataset data);

    private protected static RowSplit Collect(int count, Func<int, SplitPart> partOf)
    {
        List<int> train = [];
        List<int> validation = [];
        List<int> test = [];
        for (int row = 0; row < count; row++)
        {
            List<int> part = partOf(row) switch
            {
                SplitPart.Train => train,
                SplitPart.Validation => validation,
                SplitPart.Test => test,
                _ => throw new InvalidOperationException("There are three parts."),
            };
            part.Add(row);
        }

        return new RowSplit(train, validation, test);
    }
}

/// <summary>The three parts.</summary>
internal enum SplitPart
{
    /// <summary>Learned from.</summary>
    Train,

    /// <summary>Choosing between models.</summary>
    Validation,

    /// <summary>Reported only.</summary>
    Test,
}
