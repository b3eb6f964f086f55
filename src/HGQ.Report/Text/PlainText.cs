using System.Globalization;
using System.Net;
using System.Text;

namespace HGQ.Report.Text;

/// <summary>
/// Text of users (names of models, layers, classes) for a page: what XML can't hold, what a terminal or browser would obey (controls, marks
/// of direction) and halves of characters become U+FFFD.
/// </summary>
internal static class PlainText
{
    private static readonly Rune Replacement = new(0xFFFD);

    /// <summary>The text without what can't be shown.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);

        // Halves of characters come as U+FFFD.
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(IsShown(rune) ? rune : Replacement);
        }

        return clean.ToString();
    }

    /// <summary>The text as HTML or SVG, for elements and attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(Clean(text));

    /// <summary>The text on one line, cut in its middle where it is too long for a picture.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Characters that fit.</param>
    public static string Short(string text, int most)
    {
        string line = Clean(text).Replace('\n', ' ').Replace('\t', ' ');
        var characters = StringInfo.ParseCombiningCharacters(line);
        if (characters.Length <= most)
        {
            return line;
        }

        int head = (most - 1) * 2 / 3, tail = most - 1 - head;
        return line[..characters[head]] + "…" + line[characters[^tail]..];
    }

    private static bool IsShown(Rune rune) => rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
