using System.Collections.Generic;
using System.Text;

namespace HGQ.Runtime.Data;

/// <summary>Splits text into records and fields (RFC 4180: quotes, doubled quotes, line ends inside quotes; LF, CRLF or CR).</summary>
internal sealed class DelimitedRecords
{
    private readonly string _file;
    private readonly string _text;
    private readonly char _delimiter;
    private readonly StringBuilder _quoted = new();
    private int _position;
    private int _line = 1;

    public DelimitedRecords(string file, string text, char delimiter)
    {
        _file = file;
        _text = text;
        _delimiter = delimiter;
    }

    /// <summary>The line the last record began on.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next record that is not an empty line.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read(List<string> fields)
    {
        while (_position < _text.Length && IsLineEnd(_text[_position]))
        {
            SkipLineEnd();
        }

        fields.Clear();
        Line = _line;
        if (_position >= _text.Length)
        {
            return false;
        }

        fields.Add(ReadField(1));
        while (_position < _text.Length && _text[_position] == _delimiter)
        {
            _position++;
            fields.Add(ReadField(fields.Count + 1));
        }

        if (_position < _text.Length)
        {
            SkipLineEnd();
        }

        return true;
    }

    private string ReadField(int column)
    {
        if (_position < _text.Length && _text[_position] == '"')
        {
            return ReadQuoted(column);
        }

        int start = _position;
        while (_position < _text.Length && _text[_position] != _delimiter && !IsLineEnd(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position].Trim(' ');
    }

    private string ReadQuoted(int column)
    {
        int startLine = _line;
        _quoted.Clear();
        _position++;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '"' && _position + 1 < _text.Length && _text[_position + 1] == '"')
            {
                _position++;
            }
            else if (c == '"')
            {
                _position++;
                RequireEndOfField(column);
                return _quoted.ToString();
            }
            else if (c == '\n')
            {
                _line++;
            }

            _quoted.Append(c);
            _position++;
        }

        throw new DataFormatException(
            _file, "the end of the file inside quotes", "a closing \"", "Close the quotes that begin here.", startLine, column);
    }

    private void RequireEndOfField(int column)
    {
        if (_position < _text.Length && _text[_position] != _delimiter && !IsLineEnd(_text[_position]))
        {
            throw new DataFormatException(
                _file,
                $"'{_text[_position]}' after a closing quote",
                "the separator or the end of the line",
                "Write a quote inside quotes twice.",
                _line,
                column);
        }
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r';

    private void SkipLineEnd()
    {
        bool pair = _text[_position] == '\r' && _position + 1 < _text.Length && _text[_position + 1] == '\n';
        _position += pair ? 2 : 1;
        _line++;
    }
}
