using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>The target of a data set as it stands in the file: text, with its place.</summary>
/// <param name="File">The file, for messages.</param>
/// <param name="Texts">A text a row.</param>
/// <param name="Lines">Line of each row, from 1; empty where the file has no lines.</param>
/// <param name="Column">Column of the target, from 1; 0 where the file has none.</param>
/// <param name="Name">Name of the target.</param>
/// <param name="Exact">The numbers, where the file holds numbers and not text.</param>
internal sealed record TargetCells(string File, IReadOnlyList<string> Texts, IReadOnlyList<int> Lines, int Column, string Name, double[]? Exact)
{
    /// <summary>Number of rows.</summary>
    public int Count => Texts.Count;

    public static TargetCells Of(DelimitedTable table, string name) => new(table.File, table.Target!, table.Lines, table.TargetColumn, name, null);

    /// <summary>The numbers, or null where one of them is none.</summary>
    /// <param name="firstText">The first that is none.</param>
    public double[]? Numbers(out int firstText)
    {
        firstText = Count;
        if (Exact is not null)
        {
            return Exact;
        }

        var numbers = new double[Count];
        for (firstText = 0; firstText < Count; firstText++)
        {
            if (!double.TryParse(Texts[firstText], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[firstText]))
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>The texts that tell classes apart.</summary>
    /// <exception cref="DataFormatException">Labels are to be read as numbers, and one is none.</exception>
    public IReadOnlyList<string> Keys(LabelReading reading)
    {
        if (reading == LabelReading.Text)
        {
            return Texts;
        }

        double[]? numbers = Numbers(out int row);
        row = numbers is null ? row : Array.FindIndex(numbers, static x => !double.IsFinite(x));
        return row < 0 || row == Count
            ? [.. Texts.Select(DecimalText.Normal)]
            : throw Wrong(row, "a number, since labels are read as numbers", "Correct the cell, or read labels as text.");
    }

    /// <summary>An error about one row.</summary>
    public DataFormatException Wrong(int row, string expected, string remedy, string? found = null)
    {
        found ??= $"\"{Texts[row]}\"";
        return Lines.Count > 0
            ? new DataFormatException(File, found, expected, remedy, Lines[row], Column, Name)
            : new DataFormatException(File, FormattableString.Invariant($"{found} in row {row} (from 0)"), expected, remedy);
    }
}
