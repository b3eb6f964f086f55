using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>
/// Turns a target into class numbers (the rank of the value among the sorted distinct values: by number where all are numbers,
/// else by ordinal text) or into real numbers, and refuses what can't be learned.
/// </summary>
internal static class TargetEncoder
{
    // More distinct integers than this are taken for quantities unless the caller says they are classes.
    private const int MostClassesGuessed = 200;

    public static DatasetTarget Encode(DelimitedTable table, DataOptions options)
    {
        IReadOnlyList<string> cells = table.Target!;
        double[]? numbers = Numbers(cells, out int firstText);
        if (options.Task == LearningTask.Regression && numbers is null)
        {
            throw new DataFormatException(
                table.File, $"\"{cells[firstText]}\"", "a number, for regression", "Correct the cell, or train a classification.",
                table.Lines[firstText], table.TargetColumn, options.Target);
        }

        return Encode(table.File, numbers, cells, options);
    }

    public static DatasetTarget Encode(string file, NumericArray labels, DataOptions options)
    {
        var numbers = new double[labels.Length];
        labels.CopyTo(0, numbers);
        int bad = Array.FindIndex(numbers, static x => !double.IsFinite(x));
        return bad < 0
            ? Encode(file, numbers, [], options)
            : throw new DataFormatException(
                file, FormattableString.Invariant($"{numbers[bad]} in row {bad} (from 0)"), "finite numbers", "Correct or remove the row.");
    }

    private static DatasetTarget Encode(string file, double[]? numbers, IReadOnlyList<string> cells, DataOptions options)
    {
        string name = options.Target ?? "target";
        LearningTask task = options.Task ?? (LooksLikeClasses(numbers) ? LearningTask.Classification : LearningTask.Regression);
        if (task == LearningTask.Regression)
        {
            return new RealTargets(numbers!, name);
        }

        ClassLabels labels = numbers is null
            ? Rank(cells, StringComparer.Ordinal, static x => x)
            : Rank(numbers, Comparer<double>.Default, static x => x.ToString(CultureInfo.InvariantCulture));
        RequireLearnable(file, labels, name);
        return labels;
    }

    private static ClassLabels Rank<T>(IReadOnlyList<T> values, IComparer<T> order, Func<T, string> nameOf)
        where T : notnull
    {
        T[] distinct = [.. values.Distinct().Order(order)];
        Dictionary<T, int> rank = distinct.Select(static (value, r) => (value, r)).ToDictionary(static p => p.value, static p => p.r);
        return new ClassLabels([.. values.Select(v => rank[v])], [.. distinct.Select(nameOf)]);
    }

    private static void RequireLearnable(string file, ClassLabels labels, string name)
    {
        int classes = labels.ClassNames.Count;
        if (classes < 2)
        {
            throw new DataFormatException(
                file, $"the one class \"{labels.ClassNames[0]}\" in \"{name}\"", "at least two classes", "Check the target column.");
        }

        if (classes * 2 > labels.Count)
        {
            throw new DataFormatException(
                file,
                FormattableString.Invariant($"{classes} classes in \"{name}\" for {labels.Count} rows"),
                "at least two rows a class on average",
                "Is this a regression? Then say so; else give more rows.");
        }
    }

    private static bool LooksLikeClasses(double[]? numbers) =>
        numbers is null || (numbers.All(static x => x == Math.Round(x)) && numbers.Distinct().Count() is var n
            && n <= MostClassesGuessed && n * 2 <= numbers.Length);

    private static double[]? Numbers(IReadOnlyList<string> cells, out int firstText)
    {
        var numbers = new double[cells.Count];
        for (firstText = 0; firstText < cells.Count; firstText++)
        {
            bool number = double.TryParse(cells[firstText], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[firstText]);
            if (!number || !double.IsFinite(numbers[firstText]))
            {
                return null;
            }
        }

        return numbers;
    }
}
