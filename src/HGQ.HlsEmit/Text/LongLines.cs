using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HGQ.HlsEmit.Text;

/// <summary>Breaks lines that an editor does not show whole; what the lines mean stays.</summary>
internal static class LongLines
{
    /// <summary>Columns of the longest line.</summary>
    public const int Columns = 160;

    private const int Indentation = 4;

    /// <summary>Breaks the long lines of a file as its language allows; other files stay as they are.</summary>
    /// <param name="path">Path of the file, whose name tells the language.</param>
    /// <param name="text">Its text.</param>
    public static string Break(string path, string text)
    {
        var continued = Path.GetExtension(path) switch
        {
            ".cpp" or ".h" or ".dat" or ".md" or ".v" or ".vhd" => "",
            ".tcl" or "" => " \\",
            _ => null,
        };
        if (continued is null || !HasLongLine(text))
        {
            return text;
        }

        // The row of a table is a line in Markdown, and paragraphs are not indented there.
        var indentation = Path.GetExtension(path) is ".dat" or ".md" ? 0 : Indentation;
        return string.Join('\n', text.Split('\n').SelectMany(
            line => line.Length <= Columns || line[0] == '|' ? [line] : Broken(line, continued, indentation)));
    }

    private static bool HasLongLine(string text)
    {
        var start = 0;
        for (var end = text.IndexOf('\n', start); end >= 0; start = end + 1, end = text.IndexOf('\n', start))
        {
            if (end - start > Columns)
            {
                return true;
            }
        }

        return text.Length - start > Columns;
    }

    private static IEnumerable<string> Broken(string line, string continued, int indentation)
    {
        var start = line.TakeWhile(c => c == ' ').Count();
        var comment = CommentMark(line[start..]);
        var isDirective = line[start] == '#' && comment.Length == 0;
        var ending = comment.Length > 0 ? "" : isDirective ? " \\" : continued;
        var indent = new string(' ', start + (comment.Length > 0 ? 0 : indentation)) + comment;
        while (line.Length > Columns)
        {
            var at = Place(line, indent.Length + 1, Columns - ending.Length, comment.Length > 0);
            if (at < 0)
            {
                break;
            }

            yield return line[..at] + ending;
            line = indent + line[(at + 1)..];
        }

        yield return line;
    }

    private static string CommentMark(string text) => text.StartsWith("/// ", StringComparison.Ordinal) ? "/// "
        : text.StartsWith("// ", StringComparison.Ordinal) ? "// "
        : text.StartsWith("# ", StringComparison.Ordinal) ? "# " : "";

    /// <summary>The last space outside of a string, rather behind a comma or an operator; the first one where none comes early enough; -1
    /// where there is none.</summary>
    private static int Place(string line, int from, int to, bool isComment)
    {
        var (any, good, inString) = (-1, -1, false);
        for (var n = 0; n < line.Length && (n <= to || any < 0); n++)
        {
            if (line[n] == '"' && !isComment && (n == 0 || line[n - 1] != '\\'))
            {
                inString = !inString;
            }

            if (line[n] == ' ' && !inString && n >= from)
            {
                any = n;
                good = ",+-*?:|&;=(".Contains(line[n - 1], StringComparison.Ordinal) && n <= to ? n : good;
            }
        }

        return good > to / 2 ? good : any;
    }
}
