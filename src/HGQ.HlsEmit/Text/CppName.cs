using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace HGQ.HlsEmit.Text;

/// <summary>C++ identifiers: what is one, and how a name becomes one.</summary>
internal static class CppName
{
    private static readonly HashSet<string> Keywords = new(
        ("alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield compl concept const "
        + "const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend "
        + "goto if inline int long main mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast "
        + "requires return short signed sizeof static static_assert static_cast std struct switch template this thread_local throw true try typedef typeid typename "
        + "union unsigned using virtual void volatile wchar_t while xor xor_eq probe probes NULL EOF NAN INFINITY errno assert stdin stdout stderr linux unix").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Whether a text is a C++ identifier that a program may define.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.Contains("__", StringComparison.Ordinal) && !(name[0] == '_' && name.Length > 1 && char.IsAsciiLetterUpper(name[1])) && !Keywords.Contains(name);

    /// <summary>Whether a text is a keyword, or a name no function may have.</summary>
    public static bool IsReserved(string name) => Keywords.Contains(name);

    /// <summary>The nearest identifier.</summary>
    public static string From(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            var next = char.IsAsciiLetterOrDigit(c) ? c : '_';
            if (next != '_' || (text.Length > 0 && text[^1] != '_'))
            {
                text.Append(next);
            }
        }

        var identifier = text.ToString().TrimEnd('_');
        return identifier.Length == 0 ? "layer" : char.IsAsciiDigit(identifier[0]) || Keywords.Contains(identifier) ? "layer_" + identifier : identifier;
    }

    /// <summary>The nearest identifier that is not taken yet, and takes it. Names that differ by case only would be one file on some machines.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        var identifier = From(name);
        var candidate = identifier;
        for (var n = 2; !taken.Add(candidate.ToLowerInvariant()); n++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{identifier}_{n}");
        }

        return candidate;
    }
}
