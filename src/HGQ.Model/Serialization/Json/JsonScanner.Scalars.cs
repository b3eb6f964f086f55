using System;
using System.Globalization;

namespace HGQ.Model.Serialization.Json;

/// <content>Strings, numbers and literals.</content>
internal sealed partial class JsonScanner
{
    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private static bool IsDigit(char c) => (uint)(c - '0') <= 9;

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
        {
            _at++;
        }
    }

    private void Require(char expected, string otherwise)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            throw Fail(otherwise);
        }

        _at++;
    }

    private void AddLiteral(string literal, JsonKind kind)
    {
        int start = _at;
        foreach (char c in literal)
        {
            Require(c, $"'{literal}' is expected");
        }

        Add(kind, start);
    }

    private void AddNumber()
    {
        int start = _at;
        ScanNumber();
        Add(JsonKind.Number, start);
    }

    private void ScanNumber()
    {
        if (Current == '-')
        {
            _at++;
        }

        if (Current == '0')
        {
            _at++;
            if (IsDigit(Current))
            {
                throw Fail("a number has no leading zeros");
            }
        }
        else
        {
            ScanDigits("a value is expected");
        }

        if (Current == '.')
        {
            _at++;
            ScanDigits("a digit is expected behind the decimal point");
        }

        if (Current is 'e' or 'E')
        {
            _at++;
            if (Current is '+' or '-')
            {
                _at++;
            }

            ScanDigits("a digit is expected in the exponent");
        }
    }

    private void ScanDigits(string otherwise)
    {
        if (!IsDigit(Current))
        {
            throw Fail(otherwise);
        }

        while (IsDigit(Current))
        {
            _at++;
        }
    }

    private void AddString()
    {
        int start = _at++;
        while (true)
        {
            char c = Current;
            if (_at >= _text.Length || c < ' ')
            {
                throw Fail("a string must end before a line break or control character");
            }

            _at++;
            if (c == '"')
            {
                break;
            }

            if (c == '\\')
            {
                ScanEscape();
            }
            else if (char.IsSurrogate(c))
            {
                RequirePair(c, _at < _text.Length ? _text[_at] : '\0', _at - 1);
                _at++;
            }
        }

        Add(JsonKind.String, start);
    }

    private void ScanEscape()
    {
        int start = _at - 1;
        char escaped = Current;
        _at++;
        if (escaped == 'u')
        {
            char unit = ScanHexadecimal();
            if (!char.IsSurrogate(unit))
            {
                return;
            }

            if (Current != '\\' || _at + 1 >= _text.Length || _text[_at + 1] != 'u')
            {
                throw Fail(JsonProblem.InvalidEncoding, "a surrogate stands without its partner", start);
            }

            _at += 2;
            RequirePair(unit, ScanHexadecimal(), start);
        }
        else if ("\"\\/bfnrt".IndexOf(escaped) < 0)
        {
            _at = start + 1;
            throw Fail("an escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
        }
    }

    private char ScanHexadecimal()
    {
        int unit = 0;
        for (int digit = 0; digit < 4; digit++, _at++)
        {
            int value = "0123456789abcdef".IndexOf(char.ToLowerInvariant(Current));
            if (value < 0 || Current > 'f')
            {
                throw Fail("four hexadecimal digits are expected behind \\u");
            }

            unit = (unit * 16) + value;
        }

        return (char)unit;
    }

    private void RequirePair(char high, char low, int at)
    {
        if (!char.IsHighSurrogate(high) || !char.IsLowSurrogate(low))
        {
            throw Fail(JsonProblem.InvalidEncoding, "a surrogate stands without its partner", at);
        }
    }

    private JsonTextException Fail(string expectation)
    {
        if (_at >= _text.Length)
        {
            return Fail(JsonProblem.Truncated, "the text ends here; " + expectation, _text.Length);
        }

        char found = _text[_at];
        string name = found is > ' ' and < '\x7f'
            ? $"'{found}'"
            : string.Format(CultureInfo.InvariantCulture, "U+{0:X4}", (int)found);
        return Fail(JsonProblem.InvalidJson, $"{name} found; {expectation}", _at);
    }

    private JsonTextException Fail(JsonProblem problem, string message, int at)
    {
        (int line, int column) = TextPosition.Of(_text, at);
        return new JsonTextException(problem, message, line, column);
    }

    private string Excerpt(int start, int end) => _text.Substring(start, Math.Min(end - start, 60));
}
