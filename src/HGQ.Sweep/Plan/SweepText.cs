using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using HGQ.Model.Serialization;
using HGQ.Model.Serialization.Json;

namespace HGQ.Sweep.Plan;

/// <summary>The text of a sweep file: reads its values with their places, strictly.</summary>
internal sealed class SweepText
{
    private static readonly JsonReaderOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly byte[] _bytes;

    /// <summary>Takes a text.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="text">Its content.</param>
    public SweepText(string file, string text) => (File, _bytes) = (file, Encoding.UTF8.GetBytes(text));

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The text of a file.</summary>
    /// <exception cref="SweepException">It can't be read, or is no UTF-8.</exception>
    public static SweepText Load(string path, string what)
    {
        string text;
        int wrong;
        try
        {
            wrong = Utf8Text.Decode(System.IO.File.ReadAllBytes(path), out text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "a folder" : FileFault.Describe(e);
            throw new SweepException(path, 0, 0, $"no {what} can be read there ({reason}); check the path.", e);
        }

        if (wrong >= 0)
        {
            (int line, int column) = TextPosition.Of(text, text.Length);
            throw new SweepException(path, line, column, "the bytes here are no UTF-8; convert the file.");
        }

        return new SweepText(path, text);
    }

    /// <summary>The outermost value.</summary>
    /// <exception cref="SweepException">The text is no JSON, or an object has a member twice.</exception>
    public SweepValue Read()
    {
        var reader = new Utf8JsonReader(_bytes, Syntax);
        try
        {
            reader.Read();
            SweepValue root = Value(ref reader, "");
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0) + 1, column = (int)(e.BytePositionInLine ?? 0) + 1;
            throw new SweepException(File, line, column, $"this is no JSON: {PlainMessage.Of(e)}", e);
        }
    }

    /// <summary>An error at a place.</summary>
    /// <param name="offset">Offset of a byte.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="inner">The error underneath.</param>
    public SweepException Fail(int offset, string problem, Exception? inner = null)
    {
        string before = Encoding.UTF8.GetString(_bytes, 0, Math.Min(offset, _bytes.Length));
        (int line, int column) = TextPosition.Of(before, before.Length);
        return new SweepException(File, line, column, problem, inner);
    }

    /// <summary>The text between two offsets.</summary>
    public string Between(int start, int end) => Encoding.UTF8.GetString(_bytes, start, end - start);

    private SweepValue Value(ref Utf8JsonReader reader, string path)
    {
        int start = (int)reader.TokenStartIndex;
        JsonTokenType kind = reader.TokenType;
        string? content = kind == JsonTokenType.String ? reader.GetString() : null;
        var members = new List<SweepMember>();
        var items = new List<SweepValue>();
        if (kind == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, path, members);
        }
        else if (kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(ref reader, FormattableString.Invariant($"{path}[{items.Count}]")));
            }
        }

        return new SweepValue(this, kind, path, start, (int)reader.BytesConsumed, content, members, items);
    }

    private void ReadMembers(ref Utf8JsonReader reader, string path, List<SweepMember> members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            int offset = (int)reader.TokenStartIndex;
            if (!names.Add(name))
            {
                throw Fail(offset, $"the member {name} stands twice in its object; remove one.");
            }

            reader.Read();
            members.Add(new SweepMember(name, offset, Value(ref reader, path.Length == 0 ? name : $"{path}.{name}")));
        }
    }
}
