using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Serialization;
using HGQ.Model.Serialization.Json;

namespace HGQ.Runtime.Descriptions;

/// <summary>
/// The members of one JSON object, asked for by name, type and range. What is asked for is what is allowed: <see cref="Finish"/> refuses
/// every other member, and then a member that is missing.
/// </summary>
internal sealed partial class DescriptionObject
{
    private const long LargestSize = 1 << 24;

    private readonly Dictionary<string, (int Name, int Value)> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly int _node;
    private readonly string _path;
    private string? _missing;

    /// <summary>Takes an object.</summary>
    /// <exception cref="DescriptionException">The value is no object.</exception>
    public DescriptionObject(DescriptionText text, int node, string path)
    {
        (Text, _node, _path) = (text, node, path);
        if (text[node].Kind != JsonKind.Object)
        {
            throw text.Unexpected(node, path.Length == 0 ? "the description" : path, "an object { … }");
        }

        int name = node + 1;
        for (int member = 0; member < text[node].Count; member++)
        {
            _members.Add(text.StringAt(name), (name, name + 1));
            name = text.Next(name + 1);
        }
    }

    /// <summary>The text it stands in.</summary>
    public DescriptionText Text { get; }

    /// <summary>Offset of its first character.</summary>
    public int Offset => Text[_node].Start;

    /// <summary>Where it is in the description, for messages.</summary>
    public string Path => _path;

    /// <summary>Whether a member of this name is allowed.</summary>
    public bool WasAsked(string name) => _asked.Contains(name);

    /// <summary>The node of a member's value, or null.</summary>
    public int? Find(string name)
    {
        _asked.Add(name);
        return _members.TryGetValue(name, out (int Name, int Value) member) ? member.Value : null;
    }

    /// <summary>Where a member is in the description, for messages.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>A text, or null.</summary>
    public string? String(string name) => Find(name) is not { } node ? null
        : Text[node].Kind == JsonKind.String ? Text.StringAt(node)
        : throw Text.Unexpected(node, PathOf(name), "a text in quotes");

    /// <summary>true or false.</summary>
    public bool Flag(string name, bool otherwise) => OptionalFlag(name) ?? otherwise;

    /// <summary>true or false, or null where the member is not there.</summary>
    public bool? OptionalFlag(string name) => Find(name) is not { } node ? null : Text[node].Kind switch
    {
        JsonKind.True => true,
        JsonKind.False => false,
        _ => throw Text.Unexpected(node, PathOf(name), "true or false"),
    };

    /// <summary>A number within limits, or null where the member is not there.</summary>
    public double? OptionalNumber(string name, double min, double max)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");
        return Find(name) is not { } node ? null
            : Text[node].Kind == JsonKind.Number && ParseNumber(Quote(node)) is { } value && value >= min && value <= max ? value
            : throw Text.Unexpected(node, PathOf(name), expected);
    }

    /// <summary>A number within limits that must be there.</summary>
    public double Number(string name, double min, double max) => OptionalNumber(name, min, max) ?? Missing(name, min);

    /// <summary>A whole number within limits that must be there, unless there is a value for that case.</summary>
    public int Integer(string name, long min, long max, long? otherwise = null)
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");
        return (int)(Find(name) is not { } node ? otherwise ?? Missing(name, min)
            : Text[node].Kind == JsonKind.Number && ParseInteger(Quote(node)) is { } value && value >= min && value <= max ? value
            : throw Text.Unexpected(node, PathOf(name), expected));
    }

    /// <summary>A size, at least 1.</summary>
    public int Size(string name, int? otherwise = null) => Integer(name, 1, LargestSize, otherwise);

    /// <summary>One of some words.</summary>
    public T Word<T>(string name, IReadOnlyList<(string Word, T Value)> words, T otherwise) =>
        Find(name) is { } node ? Choose(node, PathOf(name), words) : otherwise;

    /// <summary>One of some words, or null where the member is not there.</summary>
    public T? OptionalWord<T>(string name, IReadOnlyList<(string Word, T Value)> words)
        where T : struct => Find(name) is { } node ? Choose(node, PathOf(name), words) : null;

    /// <summary>One of some words that must be there.</summary>
    public T RequiredWord<T>(string name, IReadOnlyList<(string Word, T Value)> words)
    {
        if (Find(name) is { } node)
        {
            return Choose(node, PathOf(name), words);
        }

        Missing(name, 0);
        return words[0].Value;
    }

    /// <summary>A member that is an object, or null.</summary>
    public DescriptionObject? Object(string name) => Find(name) is { } node ? new DescriptionObject(Text, node, PathOf(name)) : null;

    /// <summary>An error about a member.</summary>
    public DescriptionException Fail(string name, string problem) =>
        Text.Fail(_members.TryGetValue(name, out (int Name, int Value) member) ? Text[member.Value].Start : Offset, $"{PathOf(name)}: {problem}");

    /// <summary>Refuses members that nobody asked for, then those that were asked for in vain.</summary>
    public void Finish()
    {
        foreach ((string name, (int node, _)) in _members)
        {
            if (!_asked.Contains(name))
            {
                throw Text.Fail(
                    Text[node].Start, $"{PathOf(name)}: there is no such member here; allowed: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.{Suggest(name, _asked)}");
            }
        }

        if (_missing is not null)
        {
            throw Text.Fail(Offset, $"{PathOf(_missing)} is missing; add it to this object.");
        }
    }

    /// <summary>A sentence with the nearest word, or nothing.</summary>
    internal static string Suggest(string word, IEnumerable<string> known) =>
        NearestWord.Find(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";

    private T Choose<T>(int node, string path, IReadOnlyList<(string Word, T Value)> words)
    {
        string word = Text[node].Kind == JsonKind.String ? Text.StringAt(node) : "";
        foreach ((string candidate, T value) in words)
        {
            if (candidate == word)
            {
                return value;
            }
        }

        string[] known = [.. words.Select(static w => w.Word)];
        throw Text.Fail(Text[node].Start, $"{path}: found {Text.Quote(node)}, expected one of {string.Join(", ", known)}.{Suggest(word, known)}");
    }

    private T Missing<T>(string name, T placeholder)
    {
        _missing ??= name;
        return placeholder;
    }

    private string Quote(int node) => Text.Text[Text[node].Start..Text[node].End];

    private static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static long? ParseInteger(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
