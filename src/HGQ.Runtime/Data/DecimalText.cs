using System;
using System.Globalization;

namespace HGQ.Runtime.Data;

/// <summary>Decimal numbers as text, compared exactly: no rounding to float64 makes two of them one.</summary>
internal static class DecimalText
{
    private const int LongestPlain = 40;

    /// <summary>The one text of a number: <c>7</c> for 007, 7.0 and 70e-1. The text must be a number.</summary>
    public static string Normal(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool negative = rest[0] == '-';
        rest = rest.TrimStart("+-");
        int exponent = 0, mark = rest.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            exponent = int.TryParse(rest[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int given)
                ? Math.Clamp(given, -1_000_000, 1_000_000)
                : rest[mark + 1] == '-' ? -1_000_000 : 1_000_000;
            rest = rest[..mark];
        }

        int point = rest.IndexOf('.');
        exponent -= point < 0 ? 0 : rest.Length - point - 1;
        string digits = rest.ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        string kept = digits.TrimEnd('0');
        exponent += digits.Length - kept.Length;
        return kept.Length == 0 ? "0" : (negative ? "-" : "") + Write(kept, exponent);
    }

    private static string Write(string digits, int exponent)
    {
        if (exponent >= 0)
        {
            return digits.Length + exponent <= LongestPlain
                ? digits + new string('0', exponent)
                : FormattableString.Invariant($"{digits}e{exponent}");
        }

        int whole = digits.Length + exponent;
        return whole > 0 ? $"{digits[..whole]}.{digits[whole..]}"
            : -whole <= LongestPlain ? "0." + new string('0', -whole) + digits
            : FormattableString.Invariant($"{digits}e{exponent}");
    }
}
