using System.Collections.Generic;
using System.Globalization;
using System.Text;
using HGQ.Model;
using HGQ.Model.Graph;

namespace HGQ.Generators;

/// <summary>Class names out of a model's metadata: the member <c>classes</c>, an array of strings.</summary>
internal static class ClassNames
{
    private const string Member = "classes";

    /// <summary>The names, or none where the member is absent or something else.</summary>
    public static EquatableArray<string> Of(ModelMetadata metadata) => metadata.Find(Member) is { } json ? Parse(json) : default;

    // The reader has checked the JSON and made it compact: only the shape is in question.
    private static EquatableArray<string> Parse(string json)
    {
        var names = new List<string>();
        var at = 0;
        if (json.Length < 2 || json[at++] != '[')
        {
            return default;
        }

        while (at < json.Length && json[at] == '"')
        {
            at++;
            names.Add(String(json, ref at));
            if (at < json.Length && json[at] == ',')
            {
                at++;
            }
        }

        return at == json.Length - 1 && json[at] == ']' ? names.ToArray() : default(EquatableArray<string>);
    }

    private static string String(string json, ref int at)
    {
        var text = new StringBuilder();
        while (at < json.Length && json[at] != '"')
        {
            char c = json[at++];
            text.Append(c == '\\' && at < json.Length ? Escaped(json, ref at) : c);
        }

        at++;
        return text.ToString();
    }

    private static char Escaped(string json, ref int at)
    {
        char c = json[at++];
        if (c == 'u' && at + 4 <= json.Length)
        {
            at += 4;
            return (char)int.Parse(json.Substring(at - 4, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c };
    }
}
