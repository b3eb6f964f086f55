using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Which columns of a table are features and which is the target, by index from 0.</summary>
internal sealed record TableColumns(IReadOnlyList<string> Header, int[] Features, int Target)
{
    /// <summary>Every column that is read.</summary>
    public int[] All { get; } = Target < 0 ? Features : [.. Features, Target];

    public static TableColumns Choose(string file, int line, IReadOnlyList<string> header, DelimitedTextOptions options)
    {
        RequireDistinctNames(file, line, header);
        int target = options.Target is null ? -1 : Find(file, line, header, options.Target, "target");
        int[] ignored = [.. (options.Ignored ?? []).Select(name => Find(file, line, header, name, "left-out"))];
        if (ignored.Contains(target))
        {
            throw new DataFormatException(
                file, $"the target \"{header[target]}\" among the columns to leave out", "a target that is read", "Take it out of that list.", line, target + 1, header[target]);
        }

        int[] features = options.Features is null
            ? [.. Enumerable.Range(0, header.Count).Where(c => c != target && !ignored.Contains(c))]
            : [.. options.Features.Select(name => Find(file, line, header, name, "feature"))];
        if (features.FirstOrDefault(c => c == target || ignored.Contains(c) || features.Count(other => other == c) > 1, -1) is >= 0 and var wrong)
        {
            throw new DataFormatException(
                file, $"the feature \"{header[wrong]}\" " + (wrong == target ? "as the target too" : ignored.Contains(wrong) ? "among the columns to leave out" : "twice"),
                "features that are named once and are nothing else", "Take the name out of one list.", line, wrong + 1, header[wrong]);
        }

        if (features.Length == 0)
        {
            throw new DataFormatException(
                file, "no feature column", "at least one column beside the target", "Check the separator and the header.", line);
        }

        return new TableColumns([.. header], features, target);
    }

    private static int Find(string file, int line, IReadOnlyList<string> header, string name, string role)
    {
        for (int c = 0; c < header.Count; c++)
        {
            if (string.Equals(header[c], name, StringComparison.Ordinal))
            {
                return c;
            }
        }

        string names = string.Join(", ", header.Take(20)) + (header.Count > 20 ? ", …" : string.Empty);
        throw new DataFormatException(
            file, "the columns " + names, $"a {role} column \"{name}\"", "Name a column of the header; case matters.", line);
    }

    private static void RequireDistinctNames(string file, int line, IReadOnlyList<string> header)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int c = 0; c < header.Count; c++)
        {
            if (!seen.Add(header[c]))
            {
                throw new DataFormatException(
                    file, $"the name \"{header[c]}\" a second time", "distinct column names",
                    "Rename one; a file without header needs a header line.", line, c + 1);
            }
        }
    }
}
