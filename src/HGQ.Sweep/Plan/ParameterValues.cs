using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Sweep.Plan;

/// <summary>The values of a parameter: those that are combined with all others, or a draw.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Values">Values that are combined with those of other parameters; empty for a draw.</param>
/// <param name="Draw">The value of a draw; null where the values are listed.</param>
internal sealed record ParameterValues(string Name, IReadOnlyList<string> Values, Func<SplitMix, string>? Draw);

/// <summary>Reads what a parameter ranges over.</summary>
internal static class ParameterReader
{
    /// <summary>Most values of one parameter.</summary>
    public const int MostValues = 100_000;

    private const string Linear = "linear";
    private const string Logarithmic = "logarithmic";
    private const string Choice = "choice";

    public static ParameterValues Read(SweepMember member)
    {
        SweepValue value = member.Value;
        if (value.IsArray)
        {
            return new ParameterValues(member.Name, Listed(member.Name, value), null);
        }

        if (!value.IsObject)
        {
            throw value.Unexpected("a list [ … ], a range { \"from\": …, \"to\": … } or a draw { \"draw\": … }");
        }

        return value.Find("draw") is null
            ? new ParameterValues(member.Name, Range(value), null)
            : new ParameterValues(member.Name, [], Drawn(member.Name, value));
    }

    /// <summary>A value as the text of an option, or as JSON for a member of a recipe.</summary>
    public static string Text(string name, SweepValue value)
    {
        if (TrainOptions.IsRecipeMember(name))
        {
            return System.Text.Json.Nodes.JsonNode.Parse(
                value.Raw,
                documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })
                ?.ToJsonString() ?? "null";
        }

        return value.Content ?? (value.IsNumber ? value.Raw
            : value.IsArray && value.Items.Count > 0 ? string.Join(',', value.Items.Select(Item))
            : throw value.Unexpected("a text, a number, or a list of them as one value"));
    }

    private static string Item(SweepValue item)
    {
        string text = item.Content ?? (item.IsNumber ? item.Raw : throw item.Unexpected("a text or a number"));
        return text.Contains(',', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private static string[] Listed(string name, SweepValue list)
    {
        if (list.Items.Count is 0 or > MostValues)
        {
            throw list.Fail(FormattableString.Invariant($"found {list.Items.Count} values, expected 1 to {MostValues}."));
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        string[] values = [.. list.Items.Select(item => Text(name, item))];
        for (int i = 0; i < values.Length; i++)
        {
            if (!known.Add(values[i]))
            {
                throw list.Items[i].Fail($"the value {values[i]} stands twice; remove one.");
            }
        }

        return values;
    }

    private static string[] Range(SweepValue range)
    {
        range.RequireMembers("from", "to", "step", "count", "scale", "whole");
        (SweepValue from, SweepValue to) = (range.Required("from"), range.Required("to"));
        bool whole = range.Find("whole")?.Flag() ?? false;
        string scale = range.Find("scale")?.Word(Linear, Logarithmic) ?? Linear;
        if (range.Find("count") is not { } count)
        {
            return scale == Linear && !whole ? Steps(range, from, to)
                : throw range.Fail($"count is missing; {(whole ? "whole" : "a logarithmic scale")} needs to know how many values.");
        }

        if (range.Find("step") is { } step)
        {
            throw step.Fail("step and count both say how many values there are; leave one out.");
        }

        int number = count.Count(1, MostValues);
        double low = End(from, scale), high = End(to, scale);
        string[] values = [.. Enumerable.Range(0, number)
            .Select(i => Between(low, high, number == 1 ? 0 : i / (double)(number - 1), scale, whole))];
        return values.Distinct().Count() == values.Length
            ? values
            : throw count.Fail("values come out equal; take fewer of them, or a wider range.");
    }

    // In decimals: 0.1, 0.2, 0.3, as people count.
    private static string[] Steps(SweepValue range, SweepValue from, SweepValue to)
    {
        decimal low = from.Number(), high = to.Number(), step = range.Find("step")?.Number() ?? 1;
        if (step <= 0 || high < low)
        {
            throw range.Fail("expected a positive step, and an end that is not below the beginning.");
        }

        decimal count = decimal.Floor((high - low) / step) + 1;
        return count <= MostValues
            ? [.. Enumerable.Range(0, (int)count)
                .Select(i => (low + (i * step)).ToString("0.############################", CultureInfo.InvariantCulture))]
            : throw range.Fail(FormattableString.Invariant($"found {count} values, expected at most {MostValues}."));
    }

    private static Func<SplitMix, string> Drawn(string name, SweepValue draw)
    {
        string kind = draw.Required("draw").Word(Linear, Logarithmic, Choice);
        if (kind == Choice)
        {
            draw.RequireMembers("draw", "values");
            SweepValue list = draw.Required("values");
            string[] values = list.IsArray ? Listed(name, list) : throw list.Unexpected("a list [ … ]");
            return random => values[(int)(random.NextUnit() * values.Length)];
        }

        draw.RequireMembers("draw", "from", "to", "whole");
        double low = End(draw.Required("from"), kind), high = End(draw.Required("to"), kind);
        bool whole = draw.Find("whole")?.Flag() ?? false;
        return high >= low
            ? random => Between(low, high, random.NextUnit(), kind, whole)
            : throw draw.Fail("expected an end that is not below the beginning.");
    }

    private static double End(SweepValue value, string scale)
    {
        double end = (double)value.Number();
        return scale != Logarithmic || end > 0 ? end : throw value.Unexpected("a positive number, since the scale is logarithmic");
    }

    // Six digits: no machine's last bit of a logarithm is in a name.
    private static string Between(double low, double high, double part, string scale, bool whole)
    {
        double value = scale == Logarithmic ? low * Math.Exp(part * Math.Log(high / low)) : low + (part * (high - low));
        return whole
            ? Math.Round(value).ToString("F0", CultureInfo.InvariantCulture)
            : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
                .ToString("R", CultureInfo.InvariantCulture);
    }
}
