using System.Globalization;
using System.Linq;
using System.Numerics;

namespace HGQ.HlsEmit.Text;

/// <summary>Writes integers as C++ constants.</summary>
internal static class CppLiteral
{
    /// <summary>A plain integer literal; beyond 32 bits with a suffix.</summary>
    public static string Plain(BigInteger value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        if (value > int.MinValue && value <= int.MaxValue)
        {
            return digits;
        }

        // The literal -9223372036854775808 does not exist in C++: it would be a minus before a number that has no type.
        return value == long.MinValue ? "(-9223372036854775807LL - 1)" : value > long.MaxValue ? digits + "ULL" : digits + "LL";
    }

    /// <summary>A string literal: letters, digits and single signs as they are, anything else an underscore.</summary>
    public static string Text(string text) =>
        $"\"{string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ' ' or '/' or ':' ? c : '_'))}\"";
}
