using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace HGQ.Model.Hardware.Parts;

/// <summary>An AMD part as tools write it: device, package, speed grade and temperature grade, such as
/// <c>xcvu13p-flga2577-2-e</c>.</summary>
/// <param name="Name">The whole name.</param>
/// <param name="Device">The device in the spelling of the product tables, such as <c>xcvu13p</c>.</param>
/// <param name="IsKnown">Whether the device is one of those of the product tables; another one can be newer than this program.</param>
public sealed record FpgaPart(string Name, string Device, bool IsKnown)
{
    private const int Suggestions = 3;

    // x, then c (commercial), a (automotive), q (defence); then the families of the 7 series, UltraScale, UltraScale+, Alveo, Kria and
    // Versal. An l or i stands for a low voltage or a temperature. Package: letters and the number of its balls. Grades: 1 to 3 with L, M,
    // H and the like behind it, then the temperature.
    private static readonly Regex Form = new(
        @"^x[caq](?<device>7[akvsz][xh]?\d{1,4}[ts]?|ku\d{2,3}|ku\d{1,2}p|vu\d{2,3}|vu\d{1,2}p|au\d{1,2}p|su\d{2,3}p"
        + @"|zu\d{1,2}(cg|eg|ev|dr)|u\d{2,3}[a-z]?"
        + @"|k\d{2}|v[cmephe]\d{4}|2v[ep]\d{4})[li]{0,2}-?[a-z]{2,4}\d{3,4}-\d[a-z]{0,3}(-[a-z]{1,3})?(-[a-z]{1,3})?(-es\d?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name; capital letters count as small ones.</param>
    /// <param name="part">The part.</param>
    /// <returns>Whether the name has the form of a part.</returns>
    public static bool TryParse(string name, out FpgaPart? part)
    {
        var match = Form.Match(name ?? throw new ArgumentNullException(nameof(name)));
        if (!match.Success)
        {
            part = null;
            return false;
        }

        string device = "xc" + match.Groups["device"].Value.ToLowerInvariant();
        part = new FpgaPart(name, device, FpgaDevices.All.Contains(device));
        return true;
    }

    /// <summary>The known devices whose names are most like a name, the nearest first.</summary>
    public static IReadOnlyList<string> Nearest(string name)
    {
        string device = (name ?? throw new ArgumentNullException(nameof(name))).ToLowerInvariant().Split('-')[0];
        return FpgaDevices.All.OrderBy(known => Distance(device, known)).ThenBy(known => known, StringComparer.Ordinal)
            .Take(Suggestions).ToArray();
    }

    /// <summary>Why a name is no part, and which devices are like it: a sentence for an error.</summary>
    public static string Refusal(string name) =>
        $"The part '{name}' is no part of the tool's families: a device, a package and a speed grade, for example 'xcvu13p-flga2577-2-e' "
        + $"or 'xc7z020clg400-1'; the nearest devices are: {string.Join(", ", Nearest(name))}.";

    // Letters to insert, remove or replace (Levenshtein 1966); what follows the device in the older spelling costs nothing.
    private static int Distance(string name, string device)
    {
        int[] row = Enumerable.Range(0, device.Length + 1).ToArray();
        int best = row[device.Length];
        for (int i = 1; i <= name.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= device.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (name[i - 1] == device[j - 1] ? 0 : 1));
                diagonal = above;
            }

            best = Math.Min(best, row[device.Length]);
        }

        return best;
    }
}
