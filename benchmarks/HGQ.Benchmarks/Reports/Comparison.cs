using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// A new run beside a kept one. Times are divided by the reference of the same group and the same run, so that a faster machine is
/// no progress and a slower one no regression.
/// </summary>
internal static class Comparison
{
    /// <summary>Prints a line for each case that both have.</summary>
    /// <param name="before">The kept figures.</param>
    /// <param name="after">The new ones.</param>
    /// <param name="limit">Beyond this a case counts as slower.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Number of cases that are slower than the limit.</returns>
    public static int Print(SummaryFile before, SummaryFile after, double limit, TextWriter output)
    {
        output.WriteLine($"before: {before.Machine}\nafter:  {after.Machine}\n");
        output.WriteLine(Invariant($"{"benchmark",-62} {"case",-18} {"before",12} {"after",12} {"change",8}"));
        var (old, now) = (Relative(before), Relative(after));
        int slower = 0;
        foreach (var (key, ratio) in now.Where(entry => old.ContainsKey(entry.Key)))
        {
            double change = ratio.Value / old[key].Value;
            bool counts = change > limit && ratio.IsRelative;
            slower += counts ? 1 : 0;
            string unit = ratio.IsRelative ? "×" : "ns";
            output.WriteLine(Invariant($"{key.Group,-62} {key.Name,-18} {old[key].Value,10:G4} {unit,-2}{ratio.Value,10:G4} {unit,-2}{change,7:F2}{(counts ? "  slower" : string.Empty)}"));
        }

        output.WriteLine(Invariant($"\n{now.Keys.Count(old.ContainsKey)} compared, {slower} more than {limit:F2} times slower; {old.Keys.Count(key => !now.ContainsKey(key))} not measured this time"));
        return slower;
    }

    // The reference itself, and groups without one, stay nanoseconds: they say what the machine did.
    private static Dictionary<(string Group, string Name), (double Value, bool IsRelative)> Relative(SummaryFile file)
    {
        var references = file.Cases.Where(one => one.IsReference).ToDictionary(one => one.Group, one => one.Nanoseconds);
        return file.Cases.ToDictionary(
            one => (one.Group, one.Name),
            one => !one.IsReference && references.TryGetValue(one.Group, out double reference) ? (one.Nanoseconds / reference, true) : (one.Nanoseconds, false));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
