using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Import;

/// <summary>A format for the inputs of a model whose source does not quantize them.</summary>
/// <param name="Format">Sign, integer bits, fraction bits.</param>
/// <param name="Rounding">Rounding of real inputs.</param>
/// <param name="Overflow">What becomes of inputs beyond the range.</param>
public sealed record InputFormat(FixedPointFormat Format, RoundingMode Rounding, OverflowMode Overflow)
{
    private const int MostBits = 64;

    /// <summary>
    /// Reads <c>fixed&lt;16,6&gt;</c> or <c>ap_ufixed&lt;8,0,AP_RND,AP_SAT&gt;</c> (width and integer bits with the sign; without modes
    /// truncation and wrapping, as in
    /// HLS), or <c>s&lt;5,10&gt;</c> and <c>u&lt;0,8&gt;</c> (integer bits without the sign and fraction bits; rounded half to even,
    /// saturating).
    /// </summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static InputFormat Parse(string text)
    {
        string plain = text.Replace(" ", "", StringComparison.Ordinal).Replace("AP_", "", StringComparison.Ordinal).Replace("ap_", "",
            StringComparison.Ordinal);
        int open = plain.IndexOf('<');
        string kind = open < 0 ? plain : plain[..open];
        string[] words = open > 0 && plain.EndsWith('>') ? plain[(open + 1)..^1].Split(',') : [];
        int[] numbers = [.. words.TakeWhile(
            static word => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)).Select(static word
            => int.Parse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
        string[] modes = words[numbers.Length..];
        if (kind is "s" or "u" && numbers.Length == 2 && modes.Length == 0)
        {
            return Checked(text, new FixedPointFormat(kind == "s", numbers[0], numbers[1]), RoundingMode.RoundHalfEven,
                OverflowMode.Saturate);
        }

        if (kind is "int" or "uint" && numbers.Length == 1)
        {
            numbers = [numbers[0], numbers[0]];
        }

        if (kind is "fixed" or "ufixed" or "int" or "uint" && numbers.Length == 2 && modes.Length <= 2)
        {
            bool signed = kind is "fixed" or "int";
            return Checked(
                text, new FixedPointFormat(signed, numbers[1] - (signed ? 1 : 0), numbers[0] - numbers[1]),
                modes.Length > 0 ? RoundingOf(text, modes[0]) : RoundingMode.Truncate, modes.Length > 1 ? OverflowOf(text, modes[1])
                    : OverflowMode.Wrap);
        }

        throw Wrong(text);
    }

    private static InputFormat Checked(string text, FixedPointFormat format, RoundingMode rounding, OverflowMode overflow)
        => format.Width is < 1 or > MostBits || Math.Abs(format.IntegerBits) > 256 || Math.Abs(format.FractionBits) > 256
            ? throw Wrong(text) : new InputFormat(format, rounding, overflow);

    private static RoundingMode RoundingOf(string text, string mode) => mode switch
    {
        "TRN" => RoundingMode.Truncate,
        "TRN_ZERO" => RoundingMode.TruncateToZero,
        "RND" => RoundingMode.RoundHalfUp,
        "RND_ZERO" => RoundingMode.RoundHalfToZero,
        "RND_MIN_INF" => RoundingMode.RoundHalfDown,
        "RND_INF" => RoundingMode.RoundHalfAway,
        "RND_CONV" => RoundingMode.RoundHalfEven,
        _ => throw Wrong(text),
    };

    private static OverflowMode OverflowOf(string text, string mode) => mode switch
    {
        "WRAP" => OverflowMode.Wrap,
        "SAT" => OverflowMode.Saturate,
        "SAT_SYM" => OverflowMode.SaturateSymmetric,
        "SAT_ZERO" => OverflowMode.SaturateToZero,
        _ => throw Wrong(text),
    };

    private static FormatException Wrong(string text) => new(
        $"'{text}' is no format; write fixed<16,6> (width and integer bits with the sign, as in HLS), fixed<16,6,RND_CONV,SAT>, or s<5,"
            + $"10> (integer bits without the sign, fraction bits), 1 to {MostBits} bits");
}
