using System;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model.Naming;

namespace HGQ.VerilogEmit.Names;

/// <summary>Identifiers that Verilog, SystemVerilog and VHDL read alike: what is one, and how a name of a model becomes one.</summary>
internal static class VerilogName
{
    /// <summary>Most characters of a name that a model gives; what is derived from it is a little longer.</summary>
    public const int MostCharacters = 64;

    private static readonly NameRules Outside = new(VerilogWords.Languages, MostCharacters) { IgnoresCase = true };
    private static readonly NameRules Inside = new(VerilogWords.TopModule, MostCharacters) { IgnoresCase = true };

    /// <summary>Whether a text names a module in all the languages, and a file.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= MostCharacters && char.IsAsciiLetter(name[0]) && name[^1] != '_'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.Contains("__", StringComparison.Ordinal) && !Outside.IsReserved(name);

    /// <summary>The name of the top module for a model.</summary>
    public static string Top(string model) => From(model, "model_", Outside);

    /// <summary>The nearest identifier for a port.</summary>
    public static string Port(string name) => From(name, "port_", Inside);

    /// <summary>The nearest identifier for a layer.</summary>
    public static string Layer(string name) => From(name, "layer_", Inside);

    // Different names may give the same one: a table of names makes them unique.
    private static string From(string name, string prefix, NameRules rules)
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
        if (identifier.Length == 0)
        {
            return prefix.TrimEnd('_');
        }

        var full = char.IsAsciiDigit(identifier[0]) || rules.IsReserved(identifier) ? prefix + identifier : identifier;

        // What is cut off is part of the hash: of the name itself, since other names may give the same letters.
        return full.Length <= MostCharacters
            ? full
            : full[..(MostCharacters - 9)].TrimEnd('_') + "_" + NameText.Hash(name).ToString("x8", CultureInfo.InvariantCulture);
    }
}
