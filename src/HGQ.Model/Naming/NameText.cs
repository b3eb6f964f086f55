using System.Globalization;
using System.Text;

namespace HGQ.Model.Naming;

/// <summary>Names of a model as text of other languages: shortened, and in comments.</summary>
public static class NameText
{
    private const int HashDigits = 8;

    /// <summary>
    /// The name itself where it is short enough; otherwise its beginning and a hash of the whole: the same name gives the same
    /// short one everywhere and always, and different names differ.
    /// </summary>
    /// <param name="name">A name.</param>
    /// <param name="most">Most characters of the result, above 9.</param>
    /// <param name="separator">What parts the beginning and the hash.</param>
    public static string Shortened(string name, int most, string separator = "_") => name.Length <= most
        ? name
        : name.Substring(0, most - HashDigits - separator.Length).TrimEnd('_') + separator + Hash(name).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>FNV-1a over the UTF-16 units: stable, unlike <see cref="object.GetHashCode"/>.</summary>
    public static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((((hash ^ (c & 0xFFu)) * 16777619) ^ (uint)(c >> 8)) * 16777619);
        }

        return hash;
    }

    /// <summary>
    /// The text on one line of a comment, whatever the language: without what ends a line anywhere (controls, separators of
    /// Unicode, a backslash, the trigraph of one), without the marks that end or open a block comment, and without what
    /// turns the direction of writing. Each such character becomes a space.
    /// </summary>
    public static string Comment(string text)
    {
        var comment = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            char c = text[at];
            bool pair = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            if (pair)
            {
                comment.Append(c).Append(text[++at]);
                continue;
            }

            char last = comment.Length == 0 ? ' ' : comment[comment.Length - 1];
            bool mark = (c == '/' && last == '*') || (c == '*' && last == '/') || (c == '?' && last == '?') || c == '\\';
            comment.Append(mark || !IsVisible(c) ? ' ' : c);
        }

        return comment.ToString().TrimEnd();
    }

    /// <summary>Whether a character is shown, where it stands and as itself; a lone half of a pair is not.</summary>
    public static bool IsVisible(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
}
