using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Serialization;

/// <summary>Which known word was probably meant.</summary>
public static class NearestWord
{
    /// <summary>The word within a third of its length in edits, or null.</summary>
    public static string? Find(string word, IEnumerable<string> known) => known
        .Select(candidate => (candidate, distance: Distance(word, candidate)))
        .Where(pair => pair.distance <= Math.Max(1, pair.candidate.TrimStart('-').Length / 3)
            || (word.TrimStart('-').Length >= 3 && pair.candidate.StartsWith(word, StringComparison.Ordinal)))
        .OrderBy(static pair => pair.distance)
        .Select(static pair => pair.candidate)
        .FirstOrDefault();

    // Insertions, deletions, substitutions and swaps of neighbours (Damerau, 1964).
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (int j = 0; j <= right.Length; j++)
        {
            rows[0, j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int change = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
