using System;
using System.Collections.Generic;
using System.Globalization;

namespace HGQ.Cli.Terminal;

/// <summary>One line with the figures of an epoch that fits a terminal of 60 columns; what is least needed goes first where it does not. The time that is left stands last.</summary>
internal static class LiveLine
{
    /// <summary>Columns of the line, the bar included.</summary>
    public const int Columns = 60;

    /// <summary>Columns of the bar.</summary>
    public const int BarColumns = 6;

    /// <summary>The figures behind the bar.</summary>
    /// <param name="epoch">Epochs that are done.</param>
    /// <param name="epochs">All epochs.</param>
    /// <param name="loss">Loss of the last epoch.</param>
    /// <param name="name">Name of the score.</param>
    /// <param name="score">The score.</param>
    /// <param name="ebops">Bit operations.</param>
    /// <param name="left">Time left.</param>
    public static string Format(int epoch, int epochs, double loss, string name, double score, double ebops, TimeSpan left)
    {
        // The bar, and a space before the text.
        const int width = Columns - BarColumns - 1;
        CultureInfo plain = CultureInfo.InvariantCulture;
        string time = left.TotalHours < 1 ? string.Create(plain, $"{left.Minutes}:{left.Seconds:D2}") : string.Create(plain, $"{Math.Floor(left.TotalHours):F0}:{left.Minutes:D2} h");
        string[] parts =
        [
            string.Create(plain, $"{Math.Floor(100.0 * epoch / epochs),3:F0} %"),
            time,
            string.Create(plain, $"{(name == "accuracy" ? "acc" : name.Split(' ')[0])} {score:G3}"),
            string.Create(plain, $"loss {loss:G3}"),
            Short(ebops) + " EBOPs",
            string.Create(plain, $"{epoch}/{epochs}"),
        ];

        // By importance; shown in another order.
        var kept = new List<int>();
        int used = -1;
        foreach (int part in (int[])[0, 1, 2, 3, 4, 5])
        {
            if (used + 1 + parts[part].Length <= width)
            {
                kept.Add(part);
                used += 1 + parts[part].Length;
            }
        }

        var shown = new List<string>();
        foreach (int part in (int[])[0, 5, 3, 2, 4, 1])
        {
            if (kept.Contains(part))
            {
                shown.Add(parts[part]);
            }
        }

        return string.Join(' ', shown);
    }

    private static string Short(double number) => number switch
    {
        < 10_000 => number.ToString("F0", CultureInfo.InvariantCulture),
        < 10_000_000 => (number / 1000).ToString("F0", CultureInfo.InvariantCulture) + "k",
        _ => (number / 1_000_000).ToString("F0", CultureInfo.InvariantCulture) + "M",
    };
}
