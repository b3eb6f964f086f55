using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace HGQ.Generators.Text;

/// <summary>
/// Text of generated code: indented, with <c>\n</c>, and the same under every culture by construction. Types of .NET are written
/// by their short names and spelt from the root (<c>global::System.Math</c>) when a line ends.
/// </summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private int _indent;

    /// <summary>Number of characters in the lines written.</summary>
    public int Length => _text.Length;

    /// <summary>Writes an empty line.</summary>
    public void Line() => EndLine();

    /// <summary>Writes a line.</summary>
    public void Line(string text)
    {
        Append(text);
        EndLine();
    }

    /// <summary>Writes an interpolated line; numbers are formatted with the invariant culture.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref Interpolation text)
    {
        _ = text;
        EndLine();
    }

    /// <summary>Writes a line as it is: one that holds names of a user.</summary>
    public void Verbatim(string text) => _text.Append(' ', _indent * IndentSize).Append(text).Append('\n');

    /// <summary>Writes within the line.</summary>
    public void Append(string text)
    {
        StartLine();
        _line.Append(text);
    }

    /// <summary>Writes <c>{</c> and indents.</summary>
    public void Open()
    {
        Line("{");
        _indent++;
    }

    /// <summary>Writes a line such as <c>if (x)</c>, then <c>{</c>, and indents.</summary>
    public void Open(string header)
    {
        Line(header);
        Open();
    }

    /// <summary>Ends what <see cref="Open()"/> began.</summary>
    public void Close()
    {
        _indent--;
        Line("}");
    }

    /// <summary>Ends what <see cref="Open()"/> began, where it is part of a statement.</summary>
    public void CloseStatement(string end = ";")
    {
        _indent--;
        Line("}" + end);
    }

    /// <summary>Writes an interpolated header, then <c>{</c>, and indents.</summary>
    public void Open([InterpolatedStringHandlerArgument("")] ref Interpolation header)
    {
        _ = header;
        EndLine();
        Open();
    }

    /// <summary>Writes within the line; numbers are formatted with the invariant culture.</summary>
    public void Append([InterpolatedStringHandlerArgument("")] ref Interpolation text) => _ = text;

    /// <summary>Ends the line that was begun.</summary>
    public void EndLine()
    {
        FrameworkNames.Append(_text, _line.ToString());
        _text.Append('\n');
        _line.Clear();
    }

    /// <summary>Writes a number in hexadecimal digits within the line.</summary>
    public void Hexadecimal(ulong value)
    {
        StartLine();
        var shift = 60;
        while (shift > 0 && value >> shift == 0)
        {
            shift -= 4;
        }

        for (; shift >= 0; shift -= 4)
        {
            _line.Append("0123456789ABCDEF"[(int)(value >> shift) & 15]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void StartLine()
    {
        if (_line.Length == 0)
        {
            _line.Append(' ', _indent * IndentSize);
        }
    }

    /// <summary>Collects the parts of an interpolated line.</summary>
    [InterpolatedStringHandler]
    public readonly struct Interpolation
    {
        private readonly SourceWriter _writer;

        /// <summary>Called by the compiler.</summary>
        public Interpolation(int literalLength, int formattedCount, SourceWriter writer)
        {
            _ = literalLength;
            _ = formattedCount;
            _writer = writer;
            writer.StartLine();
        }

        /// <summary>Writes literal text.</summary>
        public void AppendLiteral(string text) => _writer._line.Append(text);

        /// <summary>Writes text.</summary>
        public void AppendFormatted(string? text) => _writer._line.Append(text);

        /// <summary>Writes a number.</summary>
        public void AppendFormatted(int value) => _writer._line.Append(value.ToString(CultureInfo.InvariantCulture));

        /// <summary>Writes a value.</summary>
        public void AppendFormatted<T>(T value) => _writer._line.Append(
            value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString());
    }
}
