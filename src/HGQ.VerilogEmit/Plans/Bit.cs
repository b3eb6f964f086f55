using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.VerilogEmit.Plans;

/// <summary>A bit by its name in a module: a wire, a bit of a vector, or a constant.</summary>
/// <param name="Name">The wire or vector, or the literal of a constant.</param>
/// <param name="Index">The bit of a vector; −1 for a wire or constant.</param>
internal readonly record struct Bit(string Name, int Index = -1)
{
    // Columns at which a long concatenation goes on in the next line.
    private const int Columns = 120;

    /// <summary>The constant 0.</summary>
    public static Bit Zero { get; } = new("1'b0");

    /// <summary>The constant 1.</summary>
    public static Bit One { get; } = new("1'b1");

    /// <inheritdoc/>
    public override string ToString() => Index < 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}[{Index}]");

    /// <summary>Bits as one expression; neighbours of a vector become a range.</summary>
    /// <param name="bits">Least significant first, at least one.</param>
    /// <param name="indent">Spaces before lines that follow.</param>
    public static string Join(IReadOnlyList<Bit> bits, int indent)
    {
        var parts = Parts(bits);
        if (parts.Count == 1)
        {
            return parts[0];
        }

        string separator = ",\n" + new string(' ', indent);
        var lines = new List<string>();
        string line = "";
        foreach (string part in parts)
        {
            if (line.Length > 0 && indent + line.Length + part.Length + 2 > Columns)
            {
                lines.Add(line);
                line = "";
            }

            line += (line.Length > 0 ? ", " : "") + part;
        }

        return "{" + string.Join(separator, lines.Append(line)) + "}";
    }

    // Most significant first, as Verilog writes it.
    private static List<string> Parts(IReadOnlyList<Bit> bits)
    {
        var parts = new List<string>();
        for (int high = bits.Count - 1, low; high >= 0; high = low - 1)
        {
            low = high;
            if (bits[high].Index >= 0)
            {
                while (low > 0 && bits[low - 1].Name == bits[high].Name && bits[low - 1].Index == bits[low].Index - 1)
                {
                    low--;
                }
            }
            else
            {
                while (low > 0 && bits[low - 1] == bits[high] && bits[high].Name[0] == '1')
                {
                    low--;
                }
            }

            parts.Add(Part(bits[high], bits[low], high - low + 1));
        }

        return parts;
    }

    private static string Part(Bit high, Bit low, int count) => count == 1 ? high.ToString()
        : high.Index >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{high.Name}[{high.Index}:{low.Index}]")
        : string.Create(CultureInfo.InvariantCulture, $"{count}'b") + new string(high.Name[^1], count);
}
