using System;

namespace HGQ.Generators.Pipeline;

/// <summary>Finds where a model file declares a layer.</summary>
internal static class LayerPosition
{
    /// <summary>Line and column of the layer's name, counted from 0; the file's beginning where it is not found.</summary>
    public static (int Line, int Column) Of(string text, string layer)
    {
        if (layer.Length == 0)
        {
            return (0, 0);
        }

        var quoted = "\"" + layer + "\"";
        for (int at = text.IndexOf(quoted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(quoted, at + 1, StringComparison.Ordinal))
        {
            if (IsName(text, at))
            {
                return Position(text, at);
            }
        }

        return (0, 0);
    }

    private static bool IsName(string text, int at)
    {
        string before = text.Substring(Math.Max(0, at - 16), Math.Min(16, at)).TrimEnd();
        return before.EndsWith(":", StringComparison.Ordinal) && before.TrimEnd(':').TrimEnd().EndsWith("\"name\"", StringComparison.Ordinal);
    }

    private static (int Line, int Column) Position(string text, int at)
    {
        int line = 0, start = 0;
        for (var n = 0; n < at; n++)
        {
            if (text[n] == '\n')
            {
                line++;
                start = n + 1;
            }
        }

        return (line, at - start);
    }
}
