using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>
/// Turns a target into class numbers or into real numbers, and refuses what can't be learned. Labels are text: two that differ are two
/// classes, unless they are to be read as numbers. A class's number is its rank, by number where all labels are numbers, else by text.
/// </summary>
internal static class TargetEncoder
{
    // More distinct integers than this are taken for quantities unless the caller says they are classes.
    private const int MostClassesGuessed = 200;

    public static DatasetTarget Encode(TargetCells cells, DataOptions options, ICollection<string> warnings)
    {
        double[]? numbers = cells.Numbers(out int firstText);
        LearningTask task = options.Task ?? (options.Labels == LabelReading.Numbers || LooksLikeClasses(cells, numbers)
            ? LearningTask.Classification
            : LearningTask.Regression);
        if (task == LearningTask.Classification)
        {
            ClassLabels labels = Rank(cells, numbers, options.Labels);
            RequireLearnable(cells, labels, firstText);
            WarnOfEqualNumbers(cells, numbers, labels, options.Labels, warnings);
            return labels;
        }

        if (numbers is null)
        {
            throw cells.Wrong(firstText, "a number, for regression", "Correct the cell, or train a classification (--task classification).");
        }

        int wrong = Array.FindIndex(numbers, static x => FiniteNumber.Problem(x) is not null);
        return wrong < 0
            ? new RealTargets(numbers, cells.Name)
            : throw cells.Wrong(wrong, FiniteNumber.Problem(numbers[wrong])!, "Correct or remove the row.");
    }

    private static ClassLabels Rank(TargetCells cells, double[]? numbers, LabelReading reading)
    {
        IReadOnlyList<string> keys = cells.Keys(reading);
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int n = 0; n < keys.Count; n++)
        {
            values[keys[n]] = numbers?[n] ?? 0;
        }

        // Labels that are the same number, or too large for float64 to tell them apart, go by their text.
        string[] distinct = [.. values.OrderBy(static v => v.Value).ThenBy(static v => v.Key, StringComparer.Ordinal).Select(static v => v.Key)];
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in distinct)
        {
            rank[name] = rank.Count;
        }

        return new ClassLabels([.. keys.Select(key => rank[key])], distinct) { Name = cells.Name };
    }

    private static void RequireLearnable(TargetCells cells, ClassLabels labels, int firstText)
    {
        int classes = labels.ClassNames.Count;
        if (classes < 2)
        {
            throw new DataFormatException(
                cells.File, $"the one class \"{labels.ClassNames[0]}\" in \"{cells.Name}\"", "at least two classes", "Check the target column.");
        }

        if (classes * 2 > labels.Count)
        {
            throw new DataFormatException(
                cells.File,
                FormattableString.Invariant($"{classes} classes in \"{cells.Name}\" for {labels.Count} rows"),
                "at least two rows a class on average",
                firstText == cells.Count ? "Is this a regression? Then use --task regression; else give more rows."
                    : firstText > 0 && cells.Lines.Count > 0
                        ? FormattableString.Invariant($"Is this a regression? Then correct line {cells.Lines[firstText]}: \"{cells.Texts[firstText]}\" is no number.")
                    : "Give more rows, or name another target.");
        }
    }

    private static void WarnOfEqualNumbers(TargetCells cells, double[]? numbers, ClassLabels labels, LabelReading reading, ICollection<string> warnings)
    {
        if (numbers is null || reading == LabelReading.Numbers || !numbers.All(double.IsFinite))
        {
            return;
        }

        if (labels.ClassNames.GroupBy(DecimalText.Normal).FirstOrDefault(static group => group.Count() > 1) is { } equal)
        {
            string names = string.Join(" and ", equal.Take(2).Select(static name => $"\"{name}\""));
            warnings.Add($"{cells.File}: the labels {names} of \"{cells.Name}\" are the same number and two classes; --labels numbers makes them one.");
        }
    }

    private static bool LooksLikeClasses(TargetCells cells, double[]? numbers) =>
        numbers is null || (numbers.All(static x => x == Math.Round(x) && double.IsFinite(x)) && cells.Texts.Distinct(StringComparer.Ordinal).Count() is var n
            && n <= MostClassesGuessed && n * 2 <= numbers.Length);
}
