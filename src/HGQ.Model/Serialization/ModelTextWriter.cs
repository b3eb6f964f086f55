using System;
using System.Globalization;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>Prints JSON: two blanks a level, LF, number arrays on one line, matrices a row a line; the same in every culture.</summary>
internal sealed class ModelTextWriter
{
    private readonly StringBuilder _text = new();
    private int _level;
    private bool _first = true;

    public override string ToString() => _text.ToString();

    public void OpenObject() => Open('{');

    public void CloseObject() => Close('}');

    public void OpenArray() => Open('[');

    public void CloseArray() => Close(']');

    /// <summary>Starts a member; its value must follow.</summary>
    public void Name(string name)
    {
        Element();
        Quoted(name);
        _text.Append(": ");
    }

    /// <summary>Starts an element of an array on a line of its own; its value must follow.</summary>
    public void Element()
    {
        _text.Append(_first ? "\n" : ",\n").Append(' ', _level * 2);
        _first = false;
    }

    public void Member(string name, string value)
    {
        Name(name);
        Quoted(value);
    }

    public void Member(string name, long value)
    {
        Name(name);
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    public void Member(string name, bool value)
    {
        Name(name);
        _text.Append(value ? "true" : "false");
    }

    /// <summary>JSON text as it is.</summary>
    public void Verbatim(string json) => _text.Append(json);

    /// <summary>A flat array on one line.</summary>
    public void Member<T>(string name, EquatableArray<T> values, Action<T> print)
    {
        Name(name);
        _text.Append('[');
        for (int n = 0; n < values.Length; n++)
        {
            _text.Append(n == 0 ? string.Empty : ",");
            print(values[n]);
        }

        _text.Append(']');
    }

    public void Member(string name, EquatableArray<int> values) => Member(name, values, value => Integer(value));

    public void Member(string name, EquatableArray<bool> values) => Member(name, values, value => Verbatim(value ? "true" : "false"));

    public void Member(string name, EquatableArray<string> values) => Member(name, values, Quoted);

    /// <summary>Numbers in nested arrays of the given sizes; without sizes a single number.</summary>
    public void Nested(int[] sizes, Action<int> printElement)
    {
        int next = 0;
        Nested(sizes, 0, ref next, printElement);
    }

    /// <summary>A flat array, so many numbers a line.</summary>
    public void Lines(int count, int perLine, Action<int> printElement)
    {
        OpenArray();
        for (int n = 0; n < count; n++)
        {
            if (n % perLine == 0)
            {
                Element();
            }
            else
            {
                _text.Append(',');
            }

            printElement(n);
        }

        CloseArray();
    }

    public void Integer(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void Integer(ulong value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void Quoted(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                _text.Append('\\').Append(c);
            }
            else if (c < ' ')
            {
                _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('"');
    }

    private void Nested(int[] sizes, int axis, ref int next, Action<int> printElement)
    {
        if (axis == sizes.Length)
        {
            printElement(next++);
            return;
        }

        bool isRow = axis == sizes.Length - 1;
        if (isRow)
        {
            _text.Append('[');
        }
        else
        {
            OpenArray();
        }

        for (int n = 0; n < sizes[axis]; n++)
        {
            if (!isRow)
            {
                Element();
            }
            else if (n > 0)
            {
                _text.Append(',');
            }

            Nested(sizes, axis + 1, ref next, printElement);
        }

        if (isRow)
        {
            _text.Append(']');
        }
        else
        {
            CloseArray();
        }
    }

    private void Open(char bracket)
    {
        _text.Append(bracket);
        _level++;
        _first = true;
    }

    private void Close(char bracket)
    {
        _level--;
        if (!_first)
        {
            _text.Append('\n').Append(' ', _level * 2);
        }

        _text.Append(bracket);
        _first = false;
    }
}
