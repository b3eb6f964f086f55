using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace HGQ.Cli.CommandLine;

/// <summary>Options that are numbers: written as 0.005 or 5e-3 in every locale, without separators of thousands.</summary>
internal static class NumberOption
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A whole number, or null where the option is not there.</summary>
    public static Option<int?> OptionalCount(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Read<int>(result, Whole, value => value >= least, Counts(least)),
    };

    /// <summary>A whole number with a default.</summary>
    public static Option<int> Count(string name, string description, int least, int standard) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Read<int>(result, Whole, value => value >= least, Counts(least)) ?? standard,
    };

    /// <summary>A seed.</summary>
    public static Option<ulong> Seed(string name, string description, ulong standard) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Read<ulong>(result, NumberStyles.None, static _ => true, "a whole number from 0 to 18446744073709551615") ?? standard,
    };

    /// <summary>A positive number, or null where the option is not there.</summary>
    public static Option<double?> OptionalPositive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = static result => Read<double>(result, Real, static value => value > 0 && double.IsFinite(value), "a positive number"),
    };

    /// <summary>A number that is not negative, with a default.</summary>
    public static Option<double> NotNegative(string name, string description, double standard) => new(name)
    {
        Description = description,
        HelpName = "X",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Read<double>(result, Real, static value => value >= 0 && double.IsFinite(value), "a number, not negative") ?? standard,
    };

    /// <summary>How a number with separators is to be written, as the end of a message; empty where the text is no such number.</summary>
    public static string Hint(string text)
    {
        string plain = text.Replace("_", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        int comma = plain.IndexOf(',', StringComparison.Ordinal);
        plain = comma >= 0 && comma == plain.LastIndexOf(',') && !plain.Contains('.', StringComparison.Ordinal) ? plain.Replace(',', '.') : plain.Replace(",", "", StringComparison.Ordinal);
        return plain != text && double.TryParse(plain, Real, CultureInfo.InvariantCulture, out _) ? $"; write {plain}" : "";
    }

    private static string Counts(int least) => least == 1 ? "a positive whole number" : string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}");

    private static T? Read<T>(ArgumentResult result, NumberStyles style, Func<T, bool> allowed, string expected)
        where T : struct, INumber<T>
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) && allowed(value))
        {
            return value;
        }

        string name = (result.Parent as OptionResult)?.Option.Name ?? "";
        result.AddError($"{name} '{text}': expected {expected}{Hint(text)}");
        return null;
    }
}
