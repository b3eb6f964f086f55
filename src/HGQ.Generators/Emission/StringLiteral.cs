using System.Globalization;
using System.Text;

namespace HGQ.Generators.Emission;

/// <summary>Texts of a model file inside generated code.</summary>
internal static class StringLiteral
{
    /// <summary>A C# string literal; everything but plain ASCII is escaped.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is >= ' ' and <= '~' and not '"' and not '\\')
            {
                literal.Append(c);
            }
            else
            {
                literal.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Text for a comment: on one line and free of what would end it or be markup.</summary>
    public static string Comment(string text)
    {
        var comment = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            comment.Append(c is < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '<' or '>' or '&' ? ' ' : c);
        }

        return comment.ToString();
    }
}
