using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Tests.Mutations;

/// <summary>
/// Changes of the text of units and of the top module: a constant one up or down, an entry of a table, a condition, two bits swapped.
/// </summary>
internal static partial class StreamTextMutation
{
    /// <summary>All changes: the file, its changed text, and what changed.</summary>
    public static IReadOnlyList<(string Path, string Text, string What)> Sites(IReadOnlyDictionary<string, string> files) =>
    [
        .. files.Where(file => file.Key == "rtl/net.v" || file.Key.EndsWith("_unit.v", StringComparison.Ordinal)
            || file.Key.EndsWith("_fifo.v", StringComparison.Ordinal)).SelectMany(file => Sites(file.Key, file.Value)),
    ];

    private static IEnumerable<(string Path, string Text, string What)> Sites(string path, string text)
    {
        foreach (Match match in Constant().Matches(text))
        {
            // What a register begins with does not matter behind a reset.
            int line = text.LastIndexOf('\n', match.Index) + 1, width = Number(match.Groups[1]), value = Number(match.Groups[2]);
            if (!text[line..match.Index].Contains(" reg ", StringComparison.Ordinal))
            {
                yield return Change(path, text, match,
                    Invariant($"{width}'d{(value + 1 < 1L << Math.Min(30, width) ? value + 1 : value - 1)}"));
            }
        }

        foreach (Match match in Table().Matches(text))
        {
            for (int bit = 0; bit < match.Length; bit++)
            {
                yield return Change(path, text, match, match.Value[..bit] + (match.Value[bit] == '0' ? '1'
                    : '0') + match.Value[(bit + 1)..]);
            }
        }

        foreach (Match match in Condition().Matches(text))
        {
            yield return Change(path, text, match, match.Value switch { " && " => " || ", " || " => " && ", _ => "" });
        }

        foreach (Match match in Pair().Matches(text))
        {
            yield return Change(path, text, match, match.Groups[2].Value + ", " + match.Groups[1].Value);
        }
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static (string Path, string Text, string What) Change(string path, string text, Match match, string to)
    {
        int line = text.LastIndexOf('\n', match.Index) + 1, end = text.IndexOf('\n', match.Index);
        return (path, string.Concat(text.AsSpan(0, match.Index), to, text.AsSpan(match.Index + match.Length)),
            $"'{match.Value}' became '{to}' in {text[line..end].Trim()}");
    }

    [GeneratedRegex(@"\b(\d+)'d(\d+)\b")]
    private static partial Regex Constant();

    [GeneratedRegex(@"(?<=localparam .* = \d+'b)[01]+")]
    private static partial Regex Table();

    [GeneratedRegex(@" && | \|\| |!(?=\w)")]
    private static partial Regex Condition();

    // Two neighbours of a list that the circuit reads.
    [GeneratedRegex(@"(?<=\.x\(\{.*)\b(line\d+_\d+\[\d+\]), (line\d+_\d+\[\d+\])")]
    private static partial Regex Pair();
}
