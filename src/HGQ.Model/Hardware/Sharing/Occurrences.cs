using System.Collections.Generic;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>Where a part occurs in rows, shifted or negated as a whole; occurrences do not overlap.</summary>
internal static class Occurrences
{
    public static int Count(List<SharedTerm[]> rows, SharedTerm[] part) => Of(rows, part).Count;

    public static List<Occurrence> Of(List<SharedTerm[]> rows, SharedTerm[] part)
    {
        var found = new List<Occurrence>();
        var taken = new int[part.Length];
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows[r];
            if (row.Length < part.Length)
            {
                continue;
            }

            bool[]? used = null;
            for (var n = 0; n < row.Length; n++)
            {
                if (row[n].Operand != part[0].Operand || (used is not null && used[n]))
                {
                    continue;
                }

                int shift = row[n].Shift - part[0].Shift, negative = row[n].Negative ^ part[0].Negative;
                used ??= new bool[row.Length];
                if (Match(row, part, n, shift, negative, used, taken))
                {
                    found.Add(new Occurrence(r, shift, negative, (int[])taken.Clone()));
                }
            }
        }

        return found;
    }

    private static bool Match(SharedTerm[] row, SharedTerm[] part, int first, int shift, int negative, bool[] used, int[] taken)
    {
        taken[0] = first;
        used[first] = true;
        for (var n = 1; n < part.Length; n++)
        {
            int at = Find(row, part[n].Operand, part[n].Shift + shift, part[n].Negative ^ negative, used);
            if (at < 0)
            {
                for (var undo = 0; undo < n; undo++)
                {
                    used[taken[undo]] = false;
                }

                return false;
            }

            taken[n] = at;
            used[at] = true;
        }

        return true;
    }

    private static int Find(SharedTerm[] row, int operand, int shift, int negative, bool[] used)
    {
        for (var n = 0; n < row.Length; n++)
        {
            if (row[n].Operand == operand && row[n].Shift == shift && row[n].Negative == negative && !used[n])
            {
                return n;
            }
        }

        return -1;
    }
}
