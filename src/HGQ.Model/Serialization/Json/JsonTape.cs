using System.Globalization;
using System.Text;

namespace HGQ.Model.Serialization.Json;

/// <summary>A syntactically valid JSON text and its values in text order; node 0 is the root.</summary>
/// <remarks>
/// Numbers inside arrays have no node: a matrix of a million weights costs one node a row, and its numbers are read from the
/// text straight into the array that keeps them.
/// </remarks>
internal sealed class JsonTape
{
    private readonly JsonNode[] _nodes;

    public JsonTape(string text, JsonNode[] nodes)
    {
        Text = text;
        _nodes = nodes;
    }

    public string Text { get; }

    public JsonNode this[int node] => _nodes[node];

    public JsonKind KindOf(int node) => _nodes[node].Kind;

    public int Next(int node) => _nodes[node].Next;

    public string StringAt(int node) => Decode(Text, _nodes[node].Start, _nodes[node].End);

    /// <summary>The text of a value, for a message: shortened where it is long.</summary>
    public string Quote(int start, int end)
    {
        const int longest = 40;
        string text = Text.Substring(start, System.Math.Min(end - start, longest));
        return end - start > longest ? text + "…" : text;
    }

    /// <summary>The characters of a valid string literal, quotes included, from start to end.</summary>
    public static string Decode(string text, int start, int end)
    {
        int length = end - start - 2;
        int escape = text.IndexOf('\\', start + 1, length);
        if (escape < 0)
        {
            return text.Substring(start + 1, length);
        }

        var decoded = new StringBuilder(length);
        int at = start + 1;
        while (escape >= 0)
        {
            decoded.Append(text, at, escape - at);
            at = AppendEscape(decoded, text, escape);
            escape = text.IndexOf('\\', at, end - 1 - at);
        }

        return decoded.Append(text, at, end - 1 - at).ToString();
    }

    private static int AppendEscape(StringBuilder decoded, string text, int at)
    {
        char escaped = text[at + 1];
        if (escaped == 'u')
        {
            decoded.Append((char)int.Parse(text.Substring(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            return at + 6;
        }

        decoded.Append(escaped switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => escaped,
        });
        return at + 2;
    }
}
