using System.Globalization;
using System.Text;
using HGQ.Model.Naming;

namespace HGQ.Generators.Text;

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

    /// <summary>Text for a comment: on one line, and free of what would end it or be markup.</summary>
    public static string Comment(string text) => NameText.Comment(text).Replace('<', ' ').Replace('>', ' ').Replace('&', ' ');
}
