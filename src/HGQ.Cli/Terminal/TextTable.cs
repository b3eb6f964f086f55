using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HGQ.Cli.Terminal;

/// <summary>Columns of text, as narrow as their content; the same on a terminal and in a file.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];
    private readonly bool[] _right;

    /// <summary>Begins a table; a heading that begins with <c>&gt;</c> puts its column to the right.</summary>
    public TextTable(params string[] headings)
    {
        _right = [.. headings.Select(static heading => heading.StartsWith('>'))];
        _rows.Add([.. headings.Select(static heading => heading.TrimStart('>'))]);
    }

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The lines, each ended by <c>\n</c>.</summary>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _right.Length).Select(c => _rows.Max(row => row[c].Length))];
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, c) => _right[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
