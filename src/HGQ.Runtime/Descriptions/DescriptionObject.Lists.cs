using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Serialization.Json;

namespace HGQ.Runtime.Descriptions;

/// <content>Members that are arrays.</content>
internal sealed partial class DescriptionObject
{
    /// <summary>Whole numbers, or one alone; null where the member is not there.</summary>
    /// <param name="name">The member.</param>
    /// <param name="min">The least that each may be.</param>
    /// <param name="counts">How many there may be; null: any number but none.</param>
    public long[]? OptionalIntegers(string name, long min, params int[]? counts)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        string count = counts is { Length: > 0 } ? string.Join(" or ", counts) : "1 or more";
        string expected = string.Create(CultureInfo.InvariantCulture, $"{count} whole numbers of at least {min}, as [n, …], or one alone");
        JsonNode value = Text[node];
        string written = Text.Text[value.Start..value.End];
        string[] parts = value.Kind == JsonKind.Array && value.Numbers == value.Count ? written[1..^1].Split(',')
            : value.Kind == JsonKind.Number ? [written]
            : throw Text.Unexpected(node, PathOf(name), expected);
        long?[] numbers = [.. parts.Select(part => ParseInteger(part.Trim()))];
        return numbers.All(n => n >= min && n <= LargestSize) && (counts is not { Length: > 0 } || counts.Contains(numbers.Length))
            ? [.. numbers.Select(static n => n!.Value)]
            : throw Text.Unexpected(node, PathOf(name), expected);
    }

    /// <summary>Whole numbers, or one alone, that must be there.</summary>
    public long[] Integers(string name, long min, params int[]? counts)
    {
        if (OptionalIntegers(name, min, counts) is { } numbers)
        {
            return numbers;
        }

        Missing(name, 0);
        return [min];
    }

    /// <summary>Two numbers, the smaller first; null where the member is not there.</summary>
    public (double Min, double Max)? OptionalRange(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        JsonNode value = Text[node];
        double?[] ends = value.Kind == JsonKind.Array && value.Numbers == 2 && value.Count == 2
            ? [.. Text.Text[(value.Start + 1)..(value.End - 1)].Split(',').Select(static part => ParseNumber(part.Trim()))]
            : [];
        return ends is [{ } min, { } max] && min <= max ? (min, max) : throw Text.Unexpected(node, PathOf(name), "two numbers, as [least, most]");
    }

    /// <summary>Texts in an array, or one alone, with their places; null where the member is not there.</summary>
    public IReadOnlyList<(string Word, int Offset)>? OptionalStrings(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        int[] nodes = Text[node].Kind == JsonKind.Array ? [.. Elements(Text, node)] : [node];
        return nodes.Length > 0 && Text[node].Numbers == 0 && nodes.All(n => Text[n].Kind == JsonKind.String)
            ? [.. nodes.Select(n => (Text.StringAt(n), Text[n].Start))]
            : throw Text.Unexpected(node, PathOf(name), "names in quotes, as [\"a\", …], or one alone");
    }

    /// <summary>The objects of an array; none where the member is not there.</summary>
    public IReadOnlyList<DescriptionObject> Objects(string name)
    {
        if (Find(name) is not { } node)
        {
            return [];
        }

        return Text[node].Kind == JsonKind.Array && Text[node].Numbers == 0
            ? [.. Elements(Text, node).Select((element, i) => new DescriptionObject(Text, element, FormattableString.Invariant($"{PathOf(name)}[{i}]")))]
            : throw Text.Unexpected(node, PathOf(name), "an array of objects [ { … }, … ]");
    }

    private static IEnumerable<int> Elements(DescriptionText text, int array)
    {
        int element = array + 1;
        for (int i = 0; i < text[array].Count - text[array].Numbers; i++)
        {
            yield return element;
            element = text.Next(element);
        }
    }
}
