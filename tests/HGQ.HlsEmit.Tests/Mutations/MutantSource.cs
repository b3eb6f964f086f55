using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace HGQ.HlsEmit.Tests.Mutations;

/// <summary>
/// A file of the firmware with all its mutants in one translation unit: each is the whole file, with its one change, in a namespace of
/// its own; what other files call chooses one of them at run time.
/// </summary>
internal static partial class MutantSource
{
    /// <summary>Name of the pseudo file of a mutant in the compiler's messages.</summary>
    public const string LineName = "mutant-";

    private const string Probes = "#ifndef __SYNTHESIS__";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The text.</summary>
    /// <param name="lines">The emitted file.</param>
    /// <param name="space">Namespace of the project.</param>
    /// <param name="mutants">Number and change of each mutant.</param>
    public static string Write(string[] lines, string space, IReadOnlyList<(int Number, CppMutation Change)> mutants)
    {
        var first = Array.FindIndex(lines, line => line.StartsWith("namespace ", StringComparison.Ordinal) || line == Probes);
        var text = new StringBuilder();
        text.Append(string.Join('\n', lines[..first])).Append("\nextern int hgq_mutant;\n");
        var kept = new List<string>();
        foreach (var (number, changed) in mutants.Select(m => (m.Number, m.Change.Apply(lines))).Prepend((0, lines)))
        {
            kept.Clear();
            text.Append(Invariant, $"namespace hgq_m{number} {{ namespace {space} {{ using namespace ::{space}; }}\n");
            text.Append(Invariant, $"#line {first + 1} \"{LineName}{number}\"\n");
            text.Append(Body(changed[first..], kept)).Append("\n}\n");
        }

        text.Append("#line 1 \"dispatch\"\n").Append(string.Join('\n', kept)).Append('\n');
        foreach (var (inner, name, parameters) in Exported(lines))
        {
            var arguments = string.Join(", ", parameters.Split(", ").Where(p => p.Length > 0).Select(p => ArgumentName().Match(p).Groups[1].Value));
            var path = inner ? space + "::" + name : name;
            text.Append(inner ? "namespace " + space + " {\n" : "").Append(Invariant, $"void {name}({parameters}) {{\n  switch (hgq_mutant) {{\n");
            foreach (var (number, _) in mutants)
            {
                text.Append(Invariant, $"  case {number}: return hgq_m{number}::{path}({arguments});\n");
            }

            text.Append(Invariant, $"  default: return hgq_m0::{path}({arguments});\n  }}\n}}\n").Append(inner ? "}\n" : "");
        }

        return text.ToString();
    }

    // Without the probes of whole layers, which stay as they are; they are kept aside.
    private static string Body(string[] lines, List<string> kept)
    {
        var body = new List<string>();
        for (var n = 0; n < lines.Length; n++)
        {
            var isProbe = lines[n] == Probes && (lines[n + 1].StartsWith("void probe(", StringComparison.Ordinal) || lines[n + 1].StartsWith("namespace ", StringComparison.Ordinal));
            if (!isProbe)
            {
                body.Add(lines[n]);
                continue;
            }

            var end = Array.IndexOf(lines, "#endif", n);
            var inside = lines[n + 1].StartsWith("namespace ", StringComparison.Ordinal);
            var space = lines.Select(line => SpaceName().Match(line)).First(match => match.Success).Groups[1].Value;
            kept.Add(Probes);
            kept.AddRange(inside ? lines[(n + 1)..end] : [$"namespace {space} {{", .. lines[(n + 1)..end], "}"]);
            kept.Add("#endif");
            body.AddRange(Enumerable.Repeat("", end - n + 1));
            n = end;
        }

        return string.Join('\n', body);
    }

    private static IEnumerable<(bool Inner, string Name, string Parameters)> Exported(string[] lines)
    {
        var inner = false;
        foreach (var line in lines)
        {
            inner = SpaceName().IsMatch(line) || (inner && !line.StartsWith("} // namespace", StringComparison.Ordinal) && line != "#endif");
            var match = FunctionHead().Match(line);
            if (match.Success && match.Groups[1].Value != "probe")
            {
                yield return (inner, match.Groups[1].Value, match.Groups[2].Value);
            }
        }
    }

    [GeneratedRegex(@"^namespace (\w+) \{")]
    private static partial Regex SpaceName();

    [GeneratedRegex(@"^void (\w+)\((.*)\) \{$")]
    private static partial Regex FunctionHead();

    [GeneratedRegex(@"(\w+)(?:\[\d+\])?$")]
    private static partial Regex ArgumentName();
}
