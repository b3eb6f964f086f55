using System;
using System.Linq;

namespace HGQ.VerilogEmit.Cells;

/// <summary>The carry chains of a family of parts.</summary>
/// <param name="Cell">Name of the primitive.</param>
/// <param name="Positions">Positions of one of them.</param>
internal sealed record CarryFamily(string Cell, int Positions)
{
    private static readonly string[] Carry8Parts = ["ku", "vu", "zu", "au", "su", "u", "k"];

    /// <summary>UltraScale and UltraScale+.</summary>
    public static CarryFamily Carry8 { get; } = new("CARRY8", 8);

    /// <summary>The 7 series.</summary>
    public static CarryFamily Carry4 { get; } = new("CARRY4", 4);

    /// <summary>The chains of a part, by the beginning of its name; null where this target does not know them.</summary>
    public static CarryFamily? Of(string part)
    {
        // x, then c (commercial), a (automotive) or q (defence), then the family; xc7z020 and the like begin with the number of the series.
        if (part.Length < 4 || char.ToLowerInvariant(part[0]) != 'x'
            || !"caq".Contains(char.ToLowerInvariant(part[1]), StringComparison.Ordinal))
        {
            return null;
        }

        string family = part[2..].ToLowerInvariant();
        return family[0] == '7' && char.IsAsciiLetter(family[1]) ? Carry4
            : Carry8Parts.Any(letters => family.StartsWith(letters, StringComparison.Ordinal) && family.Length > letters.Length
                && char.IsAsciiDigit(family[letters.Length])) ? Carry8
            : null;
    }
}
