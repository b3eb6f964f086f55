namespace HGQ.Model.Serialization.Json;

/// <summary>Line and column of an offset, found only when there is an error to report.</summary>
internal static class TextPosition
{
    /// <summary>Both counted from 1; a line ends with LF, CR or CR LF.</summary>
    public static (int Line, int Column) Of(string text, int offset)
    {
        int line = 1;
        int start = text.Length > 0 && text[0] == '\uFEFF' && offset > 0 ? 1 : 0;
        for (int at = start; at < offset; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && (at + 1 >= text.Length || text[at + 1] != '\n')))
            {
                line++;
                start = at + 1;
            }
        }

        return (line, offset - start + 1);
    }
}
