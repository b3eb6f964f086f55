using System;
using HGQ.Model.Serialization.Json;

namespace HGQ.Runtime.Descriptions;

/// <summary>The text of a description with its JSON values; knows the place of each for messages.</summary>
internal sealed class DescriptionText
{
    private readonly JsonTape _tape;

    /// <summary>Scans a text.</summary>
    /// <exception cref="DescriptionException">It is no JSON.</exception>
    public DescriptionText(string file, string text)
    {
        (File, Text) = (file, text);
        try
        {
            _tape = JsonScanner.Scan(text);
        }
        catch (JsonTextException e)
        {
            throw new DescriptionException(file, e.Line, e.Column, $"this is no JSON: {e.Message}.", e);
        }
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>Its whole content.</summary>
    public string Text { get; }

    public JsonNode this[int node] => _tape[node];

    public int Next(int node) => _tape.Next(node);

    public string StringAt(int node) => _tape.StringAt(node);

    /// <summary>The value as it stands there, shortened where it is long.</summary>
    public string Quote(int node) => _tape.Quote(_tape[node].Start, _tape[node].End);

    /// <summary>An error at a place of the text.</summary>
    public DescriptionException Fail(int offset, string problem, Exception? inner = null)
    {
        (int line, int column) = TextPosition.Of(Text, Math.Min(offset, Text.Length));
        return new DescriptionException(File, line, column, problem, inner);
    }

    /// <summary>An error about a value: what was found and what was expected.</summary>
    public DescriptionException Unexpected(int node, string path, string expected) =>
        Fail(_tape[node].Start, $"{path}: found {Quote(node)}, expected {expected}.");
}
