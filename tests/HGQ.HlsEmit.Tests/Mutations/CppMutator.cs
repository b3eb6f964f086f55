using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace HGQ.HlsEmit.Tests.Mutations;

/// <summary>Finds every single change of the kinds that slips of a hand or of an emitter make, in the code of a file.</summary>
internal static partial class CppMutator
{
    /// <summary>A type with one bit less.</summary>
    public const string Width = "width";

    /// <summary>The neighbour of an operand.</summary>
    public const string OperandKind = "operand";

    private static readonly (string Kind, Regex Pattern, Func<Match, FileNames, IEnumerable<string>> Replace)[] Kinds =
    [
        (Width, Types(), (match, _) => Narrowed(match)),
        ("shift", Shifts(), (match, _) => Neighbours(match, 0, 62)),
        ("sign", Signs(), (match, _) => [match.Value == " + " ? " - " : " + "]),
        ("comparison", Comparisons(), (match, _) => [match.Value == " < " ? " > " : match.Value == " > " ? " < " : match.Value == " && " ? " || " : " && "]),
        ("constant", Constants(), (match, _) => Neighbours(match, long.MinValue, long.MaxValue)),
        ("bit", Bits(), (match, _) => Neighbours(match, 0, 62)),
        (OperandKind, Members(), (match, names) => names.Neighbours(match)),
        (OperandKind, Temporaries(), (match, _) => match.Groups[2].Value == "0" ? [] : [match.Groups[1].Value + Less(match.Groups[2].Value)]),
        ("index", Elements(), (match, names) => names.Neighbours(match)),
        (OperandKind, Weights(), (match, names) => names.Neighbours(match)),
        ("table", Entries(), (match, _) => Neighbours(match, long.MinValue, long.MaxValue)),
    ];

    /// <summary>All changes of a file, in order.</summary>
    public static IEnumerable<CppMutation> All(string path, string[] lines)
    {
        var names = new FileNames(lines);
        for (var n = 0; n < lines.Length; n++)
        {
            if (!IsCode(lines, n))
            {
                continue;
            }

            foreach (var (kind, pattern, replace) in Kinds)
            {
                if ((kind == "table") != Table().IsMatch(lines[n]))
                {
                    continue;
                }

                foreach (Match match in pattern.Matches(lines[n]))
                {
                    foreach (var text in replace(match, names).Where(text => text != match.Value))
                    {
                        yield return new CppMutation(path, kind, n, match.Index, match.Value, text);
                    }
                }
            }
        }
    }

    // Statements and tables; not the probes, which belong to the test bench, nor declarations of functions and loops.
    private static bool IsCode(string[] lines, int n)
    {
        var probes = 0;
        for (var i = 0; i < n; i++)
        {
            probes += lines[i].StartsWith("#ifndef __SYNTHESIS__", StringComparison.Ordinal) ? 1
                : lines[i].StartsWith("#endif", StringComparison.Ordinal) && probes > 0 ? -1 : 0;
        }

        var line = lines[n];
        return probes == 0 && line.StartsWith("  ", StringComparison.Ordinal) && !line.Contains("for (", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#')
            && !line.Contains("::", StringComparison.Ordinal) && !line.Contains("const int ", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Narrowed(Match match)
    {
        var width = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return width < 2 ? [] : [match.Groups[1].Value + Number(width - 1) + match.Groups[3].Value];
    }

    private static IEnumerable<string> Neighbours(Match match, long low, long high)
    {
        var value = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
        return new[] { value - 1, value + 1 }.Where(v => v >= low && v <= high).Select(v => match.Groups[1].Value + Number(v) + match.Groups[3].Value);
    }

    private static string Less(string number) => Number(long.Parse(number, CultureInfo.InvariantCulture) - 1);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\b(?:ap_u?int|ac_int)<)(\d+)((?:, \w+)?>)")]
    private static partial Regex Types();

    [GeneratedRegex(@"( (?:<<|>>) )(\d+)()")]
    private static partial Regex Shifts();

    [GeneratedRegex(@" [+-] (?!ap_uint<1>|ac_int<1, false>)(?!\d+\])")]
    private static partial Regex Signs();

    [GeneratedRegex(@" (?:<|>|&&|\|\|) ")]
    private static partial Regex Comparisons();

    // A number in a sum or in the parentheses of a type: a bias, a limit.
    [GeneratedRegex(@"((?:>\(|= |\(|[+-] ))(-?\d+)(?=\)| [+-]|;)()")]
    private static partial Regex Constants();

    [GeneratedRegex(@"((?:\]|[a-z]\d*)\[)(\d+)(\](?!\.|\[| =|\w))(?<=(?:\[\w+\]|\.\w+|t\d+)\[\d+\])")]
    private static partial Regex Bits();

    [GeneratedRegex(@"(\b(?:x\d?|window|token|result|line\[\d\])\.[ewcr])(\d+)\b()")]
    private static partial Regex Members();

    [GeneratedRegex(@"(?<!const [^=]*)\b(t)(\d+)\b()")]
    private static partial Regex Temporaries();

    [GeneratedRegex(@"(\bx\d?\.(?:v|c\d+)\[)(\d+)(\])")]
    private static partial Regex Elements();

    // Which multiplier of a folded product, and which phase its choice of inputs.
    [GeneratedRegex(@"(\w_rom_\w+\[)(\d+)(\]\[phase\])")]
    private static partial Regex Weights();

    [GeneratedRegex(@"()(?<![\w<.])(-?\d+)(?=,|\}|$)()")]
    private static partial Regex Entries();

    [GeneratedRegex(@"^  \{?(?:-?\d+,? ?)+(?:\},)?$")]
    private static partial Regex Table();

    /// <summary>Names with numbers that a file reads, so that a neighbour is one that exists.</summary>
    private sealed class FileNames(string[] lines)
    {
        private readonly string _text = string.Join('\n', lines);

        public IEnumerable<string> Neighbours(Match match)
        {
            var number = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            return new[] { number - 1, number + 1 }.Select(n => match.Groups[1].Value + Number(n) + match.Groups[3].Value)
                .Where(name => Regex.IsMatch(_text, Regex.Escape(name) + (match.Groups[3].Length > 0 ? "" : @"\b")));
        }
    }
}
