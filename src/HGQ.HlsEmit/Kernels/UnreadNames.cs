using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>
/// Drops names that no later statement reads. They are left where a product turns out to vanish modulo the width of its sum; a
/// compiler would warn of each.
/// </summary>
internal static partial class UnreadNames
{
    /// <summary>The statements that are needed, in order.</summary>
    public static List<string> Drop(List<string> lines)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string>(lines.Count);
        for (var n = lines.Count - 1; n >= 0; n--)
        {
            var definition = Definition().Match(lines[n]);
            if (definition.Success && !read.Contains(definition.Groups["name"].Value))
            {
                continue;
            }

            kept.Add(lines[n]);
            foreach (Match name in Name().Matches(definition.Success ? lines[n][definition.Length..] : lines[n]))
            {
                read.Add(name.Value);
            }
        }

        kept.Reverse();
        return kept;
    }

    [GeneratedRegex(@"^\s*const [^=]*\b(?<name>t[0-9]+) = ")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\bt[0-9]+\b")]
    private static partial Regex Name();
}
