using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>The text of a recipe: knows the place of each member for messages.</summary>
/// <param name="file">The file, as the caller named it.</param>
/// <param name="text">Its content.</param>
internal sealed class RecipeText(string file, string text)
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>An error about a member.</summary>
    /// <param name="path">The members from the outermost on, joined by dots; places of arrays as <c>[n]</c>.</param>
    /// <param name="problem">What is wrong, a sentence; the path is put before it.</param>
    /// <param name="inner">The error underneath.</param>
    public RecipeException Fail(string path, string problem, Exception? inner = null)
    {
        (int offset, string found) = Find(path);
        (int line, int column) = PlaceOf(offset);
        string quoted = found.Length == 0 ? "" : $"found {found}, ";
        return new RecipeException(file, line, column, (path.Length == 0 ? "" : path + ": ") + quoted + problem, inner);
    }

    /// <summary>An error where the text is no JSON.</summary>
    public RecipeException FailSyntax(JsonException fault)
    {
        int column = (int)(fault.BytePositionInLine ?? 0) + 1;
        string problem = Model.Serialization.PlainMessage.Of(fault);
        return new RecipeException(file, (fault.LineNumber ?? 0) + 1, column, $"this is no JSON: {problem}", fault);
    }

    /// <summary>Refuses an object that has a member twice.</summary>
    /// <exception cref="RecipeException">One has.</exception>
    public void RequireDistinctMembers()
    {
        var members = new Stack<HashSet<string>>();
        Utf8JsonReader reader = Reader();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                members.Push([]);
            }
            else if (reader.TokenType == JsonTokenType.EndObject)
            {
                members.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && !members.Peek().Add(reader.GetString()!))
            {
                (int line, int column) = PlaceOf((int)reader.TokenStartIndex);
                throw new RecipeException(file, line, column, $"the member {reader.GetString()} stands twice in its object; remove one.");
            }
        }
    }

    private Utf8JsonReader Reader() => new(_bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    /// <summary>Where a member's value begins, and the value itself, shortened; the innermost member around it where there is none.</summary>
    private (int Offset, string Found) Find(string path)
    {
        var names = new List<string>();
        var indices = new List<int>();
        Utf8JsonReader reader = Reader();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                names[^1] = reader.GetString()!;
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                names.RemoveAt(names.Count - 1);
                indices.RemoveAt(indices.Count - 1);
                continue;
            }

            Count(names, indices);
            bool here = Path(names, indices) == path;
            if (here)
            {
                return ((int)reader.TokenStartIndex, Quote(ref reader));
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                names.Add("");
                indices.Add(reader.TokenType == JsonTokenType.StartArray ? -1 : int.MinValue);
            }
        }

        int dot = path.LastIndexOf('.');
        return dot < 0 ? (0, "") : (Find(path[..dot]).Offset, "");
    }

    private static void Count(List<string> names, List<int> indices)
    {
        if (indices.Count > 0 && indices[^1] != int.MinValue)
        {
            indices[^1]++;
        }
    }

    private static string Path(List<string> names, List<int> indices)
    {
        var path = new StringBuilder();
        for (int level = 0; level < names.Count; level++)
        {
            path.Append(indices[level] >= 0
                ? FormattableString.Invariant($"[{indices[level]}]")
                : (path.Length == 0 ? "" : ".") + names[level]);
        }

        return path.ToString();
    }

    private string Quote(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.StartObject ? "an object" : "an array";
        }

        string token = Encoding.UTF8.GetString(_bytes, start, (int)reader.BytesConsumed - start);
        return token.Length > 40 ? token[..40] + "…" : token;
    }

    private (int Line, int Column) PlaceOf(int offset)
    {
        string before = Encoding.UTF8.GetString(_bytes, 0, offset);
        return Model.Serialization.Json.TextPosition.Of(before, before.Length);
    }
}
