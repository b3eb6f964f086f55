using System;
using System.Linq;
using System.Text;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Text;

/// <summary>C++ identifiers: what is one, and how a name of a model becomes one.</summary>
internal static class CppName
{
    /// <summary>Most characters of a name that a model gives; what is derived from it is a little longer.</summary>
    public const int MostCharacters = 64;

    // Families of macros and types of the vendor's headers and of ours.
    private static readonly string[] Families = ["ap_", "hgq_", "ssdm_"];

    /// <summary>Rules for the top function and the namespace, which lie outside of any namespace; the function also names files.</summary>
    public static NameRules Outside { get; } = new(CppWords.Global, MostCharacters) { ReservedPrefixes = Families };

    /// <summary>Rules for ports.</summary>
    public static NameRules Ports { get; } = new(CppWords.Ports, MostCharacters) { ReservedPrefixes = Families };

    /// <summary>Rules for layers, which name functions and files.</summary>
    public static NameRules Layers { get; } = new(CppWords.Layers, MostCharacters) { ReservedPrefixes = Families };

    /// <summary>Whether a text is a C++ identifier that a program may define outside of any namespace.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 2 * MostCharacters && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.Contains("__", StringComparison.Ordinal) && !(name[0] == '_' && name.Length > 1) && !IsTaken(name, Outside, CppWords.Devices, CppWords.Headers);

    /// <summary>The name of the top function for a model.</summary>
    public static string Top(string model) => From(model, "model_", Outside, CppWords.Devices, CppWords.Headers);

    /// <summary>The name of the namespace beside a top function: <c>AP</c> alone is a name, but <c>AP_layers</c> begins as macros do.</summary>
    public static string Space(string top) => IsIdentifier(top + "_layers") ? top + "_layers" : "model_" + top + "_layers";

    /// <summary>The nearest identifier for a port.</summary>
    public static string Port(string name) => From(name, "port_", Ports);

    /// <summary>The nearest identifier for a layer.</summary>
    public static string Layer(string name) => From(name, "layer_", Layers, CppWords.Devices);

    // Different names may give the same one: a table of names makes them unique.
    private static string From(string name, string prefix, NameRules rules, params WordSet[] files)
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

        var full = char.IsAsciiDigit(identifier[0]) || IsTaken(identifier, rules, files) ? prefix + identifier : identifier;

        // What is cut off is part of the hash: of the name itself, since other names may give the same letters.
        return full.Length <= MostCharacters ? full : NameText.Shortened(full, MostCharacters - 9) + "_" + NameText.Hash(name).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsTaken(string name, NameRules rules, params WordSet[] files) => rules.IsReserved(name) || Array.Exists(files, words => words.Contains(name));
}
