using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Data;

/// <summary>Turns the bytes of a delimited text file into text, and finds its separator.</summary>
internal static class DelimitedText
{
    private static readonly char[] Candidates = ['\t', ',', ';', '|'];

    /// <summary>Decodes UTF-8 with or without byte order mark.</summary>
    /// <exception cref="DataFormatException">The bytes are something else; names line and column of the first wrong one.</exception>
    public static string Decode(string path, byte[] bytes, char? delimiter)
    {
        string file = DataFile.NameOf(path);
        RequireText(file, bytes);
        int wrong = Utf8Text.Decode(bytes, out string text);
        if (wrong < 0)
        {
            return text;
        }

        (int line, int column) = PlaceOfEnd(file, text, delimiter ?? FindDelimiter(text));
        throw new DataFormatException(
            file, FormattableString.Invariant($"the byte 0x{bytes[wrong]:X2}, which is no UTF-8"), "text in UTF-8",
            "Convert the file, for example: iconv -f latin1 -t utf-8.", line, column);
    }

    /// <summary>The candidate that stands most often in the first line.</summary>
    public static char FindDelimiter(string text)
    {
        var counts = new int[Candidates.Length];
        bool quoted = false;
        foreach (char c in text)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\n' or '\r')
            {
                break;
            }

            int index = Array.IndexOf(Candidates, c);
            counts[Math.Max(index, 0)] += !quoted && index >= 0 ? 1 : 0;
        }

        return Candidates[Array.IndexOf(counts, counts.Max())];
    }

    private static void RequireText(string file, byte[] bytes)
    {
        ReadOnlySpan<byte> head = bytes;
        if (head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            throw new DataFormatException(file, "text in UTF-16", "text in UTF-8", "Convert the file, for example: iconv -f utf-16 -t utf-8.", 1, 1);
        }

        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            throw new DataFormatException(
                file, "a zip archive (.npz, .xlsx, .zip)", "delimited text, IDX or NPY", "Save an array with numpy.save, a spreadsheet as CSV.");
        }

        int zero = Array.IndexOf(bytes, (byte)0);
        if (zero >= 0)
        {
            throw new DataFormatException(
                file,
                FormattableString.Invariant($"a zero byte at offset {zero}"),
                "text in UTF-8",
                "Binary data are read as IDX or NPY; save a spreadsheet as CSV.");
        }
    }

    // Line and field of the last character.
    private static (int Line, int Column) PlaceOfEnd(string file, string text, char delimiter)
    {
        // A letter stands for what comes next, so that the field is there even where nothing was read of it.
        var records = new DelimitedRecords(file, text + "x", delimiter);
        var fields = new List<string>();
        try
        {
            int line = 1, column = 1;
            while (records.Read(fields))
            {
                (line, column) = (records.Line, fields.Count);
            }

            return (line, column);
        }
        catch (DataFormatException e)
        {
            // Inside quotes.
            return ((int)e.Line, e.Column);
        }
    }
}
