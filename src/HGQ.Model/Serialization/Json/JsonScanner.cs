using System;
using System.Collections.Generic;

namespace HGQ.Model.Serialization.Json;

/// <summary>Checks a JSON text (RFC 8259, no duplicate members) and lays its values out on a tape; iterative, so depth costs no stack.</summary>
internal sealed partial class JsonScanner
{
    /// <summary>Deepest nesting of brackets.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most values outside number arrays.</summary>
    public const int MaxNodes = 1 << 22;

    private readonly string _text;
    private readonly int[] _open = new int[MaxDepth];
    private readonly HashSet<string> _fewNames = new(StringComparer.Ordinal);
    private JsonNode[] _nodes = new JsonNode[64];
    private int _count;
    private int _depth;
    private int _at;

    private JsonScanner(string text) => _text = text;

    /// <summary>Scans a text; a byte order mark in front is skipped.</summary>
    /// <exception cref="JsonTextException">The text is no JSON.</exception>
    public static JsonTape Scan(string text)
    {
        var scanner = new JsonScanner(text) { _at = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0 };
        scanner.ScanDocument();
        return new JsonTape(text, scanner._nodes);
    }

    private void ScanDocument()
    {
        SkipBlanks();
        ScanValue();
        while (_depth > 0)
        {
            int container = _open[_depth - 1];
            if (_nodes[container].Kind == JsonKind.Array)
            {
                ContinueArray(container);
            }
            else
            {
                ContinueObject(container);
            }
        }

        SkipBlanks();
        if (_at < _text.Length)
        {
            throw Fail("nothing but blanks may follow the model");
        }
    }

    private void ContinueArray(int array)
    {
        while (true)
        {
            if (EndsContainer(array, ']'))
            {
                return;
            }

            _nodes[array].Count++;
            char first = Current;
            if (first != '-' && !IsDigit(first))
            {
                ScanValue();
                return;
            }

            _nodes[array].Numbers++;
            ScanNumber();
        }
    }

    private void ContinueObject(int container)
    {
        if (EndsContainer(container, '}'))
        {
            return;
        }

        if (Current != '"')
        {
            throw Fail("a member name in quotes is expected");
        }

        _nodes[container].Count++;
        AddString();
        SkipBlanks();
        Require(':', "':' is expected behind a member name");
        SkipBlanks();
        ScanValue();
    }

    // Leaves the position on the next element, behind the comma.
    private bool EndsContainer(int container, char end)
    {
        SkipBlanks();
        if (Current == end && _at < _text.Length)
        {
            _at++;
            Close(container);
            return true;
        }

        if (_nodes[container].Count > 0)
        {
            Require(',', end == ']' ? "',' or ']' is expected" : "',' or '}' is expected");
            SkipBlanks();
        }

        return false;
    }

    private void ScanValue()
    {
        switch (Current)
        {
            case '{':
                Open(JsonKind.Object);
                break;
            case '[':
                Open(JsonKind.Array);
                break;
            case '"':
                AddString();
                break;
            case 't':
                AddLiteral("true", JsonKind.True);
                break;
            case 'f':
                AddLiteral("false", JsonKind.False);
                break;
            case 'n':
                AddLiteral("null", JsonKind.Null);
                break;
            default:
                AddNumber();
                break;
        }
    }

    private void Open(JsonKind kind)
    {
        if (_depth == MaxDepth)
        {
            throw Fail(JsonProblem.NestedTooDeeply, $"brackets are nested more than {MaxDepth} deep", _at);
        }

        _open[_depth++] = Add(kind, _at++);
    }

    private void Close(int container)
    {
        _depth--;
        _nodes[container].End = _at;
        _nodes[container].Next = _count;
        if (_nodes[container].Kind == JsonKind.Object && _nodes[container].Count > 1)
        {
            RequireDistinctNames(container);
        }
    }

    private void RequireDistinctNames(int container)
    {
        // A set of its own for many names: clearing a large one again and again would cost quadratic time.
        HashSet<string> names = _nodes[container].Count > 64 ? new HashSet<string>(StringComparer.Ordinal) : _fewNames;
        names.Clear();
        int name = container + 1;
        for (int member = 0; member < _nodes[container].Count; member++)
        {
            string text = JsonTape.Decode(_text, _nodes[name].Start, _nodes[name].End);
            if (!names.Add(text))
            {
                throw Fail(JsonProblem.DuplicateMember, $"the member {Excerpt(_nodes[name].Start, _nodes[name].End)} stands twice", _nodes[name].Start);
            }

            name = _nodes[name + 1].Next;
        }
    }

    private int Add(JsonKind kind, int start)
    {
        if (_count == MaxNodes)
        {
            throw Fail(JsonProblem.TooLarge, $"the file has more than {MaxNodes} values outside number arrays", start);
        }

        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, _count * 2);
        }

        _nodes[_count] = new JsonNode { Kind = kind, Start = start, End = _at, Next = _count + 1 };
        return _count++;
    }
}
