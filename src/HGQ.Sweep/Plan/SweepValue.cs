using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Model.Serialization;

namespace HGQ.Sweep.Plan;

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where the name begins.</param>
/// <param name="Value">Its value.</param>
internal sealed record SweepMember(string Name, int Offset, SweepValue Value);

/// <summary>A value of a sweep file with its place.</summary>
/// <param name="text">The text it stands in.</param>
/// <param name="kind">What it is; an object or array is known by its first bracket.</param>
/// <param name="path">The members from the outermost on, joined by dots.</param>
/// <param name="start">Offset of its first byte.</param>
/// <param name="end">Offset behind its last byte.</param>
/// <param name="content">The characters of a text; null for anything else.</param>
/// <param name="members">Members of an object.</param>
/// <param name="items">Elements of an array.</param>
internal sealed class SweepValue(
    SweepText text, JsonTokenType kind, string path, int start, int end, string? content, List<SweepMember> members, List<SweepValue> items)
{
    private const int LongestQuote = 40;

    public JsonTokenType Kind => kind;

    public string Path => path;

    public int Offset => start;

    public string? Content => content;

    public IReadOnlyList<SweepMember> Members => members;

    public IReadOnlyList<SweepValue> Items => items;

    /// <summary>The value as it stands in the file.</summary>
    public string Raw => text.Between(start, end);

    public bool IsObject => kind == JsonTokenType.StartObject;

    public bool IsArray => kind == JsonTokenType.StartArray;

    public bool IsNumber => kind == JsonTokenType.Number;

    /// <summary>A member's value, or null.</summary>
    public SweepValue? Find(string name) => members.Find(member => member.Name == name)?.Value;

    /// <summary>Refuses what is no object, and members that are not known.</summary>
    /// <exception cref="SweepException">It is none, or one is not.</exception>
    public void RequireMembers(params string[] known)
    {
        if (!IsObject)
        {
            throw Unexpected("an object { … }");
        }

        foreach (SweepMember member in members.Where(member => !known.Contains(member.Name)))
        {
            throw text.Fail(member.Offset, $"{member.Value.Path}: there is no such member here; allowed: "
                + $"{string.Join(", ", known.Order(System.StringComparer.Ordinal))}.{Suggest(member.Name, known)}");
        }
    }

    /// <summary>A member that must be there.</summary>
    /// <exception cref="SweepException">It is not.</exception>
    public SweepValue Required(string name) => Find(name)
        ?? throw text.Fail(start, $"{(path.Length == 0 ? name : $"{path}.{name}")} is missing; add it to this object.");

    /// <summary>The text of a text.</summary>
    /// <exception cref="SweepException">It is none.</exception>
    public string Text() => content ?? throw Unexpected("a text in quotes");

    /// <summary>One of some words.</summary>
    /// <exception cref="SweepException">It is none.</exception>
    public string Word(params string[] words) => content is { } word && words.Contains(word)
        ? word
        : throw Fail($"found {Quote()}, expected one of {string.Join(", ", words)}.{Suggest(content ?? "", words)}");

    /// <summary>A decimal number, exactly as written.</summary>
    /// <exception cref="SweepException">It is none, or has more digits than can be kept.</exception>
    public decimal Number() => IsNumber && decimal.TryParse(Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        ? number
        : throw Unexpected("a number of at most 28 digits");

    /// <summary>A whole number within limits.</summary>
    /// <exception cref="SweepException">It is none.</exception>
    public int Count(int least, int most) => IsNumber
        && int.TryParse(Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) && count >= least && count <= most
            ? count
            : throw Unexpected(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>true or false.</summary>
    /// <exception cref="SweepException">It is neither.</exception>
    public bool Flag() => kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>An error about this value: what was found and what was expected.</summary>
    public SweepException Unexpected(string expected) => Fail($"found {Quote()}, expected {expected}.");

    /// <summary>An error about this value.</summary>
    public SweepException Fail(string problem) => text.Fail(start, path.Length == 0 ? problem : $"{path}: {problem}");

    /// <summary>A sentence with the nearest word, or nothing.</summary>
    public static string Suggest(string word, IEnumerable<string> known) =>
        NearestWord.Find(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";

    private string Quote() => IsObject ? "an object" : IsArray ? "an array"
        : Raw is { Length: > LongestQuote } raw ? raw[..LongestQuote] + "…" : Raw;
}
