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

    private static readonly CppNameRules Ap = CppNameRules.Of(Families, null);

    private static readonly CppNameRules Ac = CppNameRules.Of([.. Families, "ac_"], CppWords.Ac);

    /// <summary>Whether a text is a C++ identifier that a program may define outside of any namespace.</summary>
    public static bool IsIdentifier(string name) => IsIdentifier(name, HlsTypes.Ap);

    /// <summary>Whether a text is a C++ identifier that a program with these types may define outside of any namespace.</summary>
    public static bool IsIdentifier(string name, HlsTypes types) =>
        name.Length is > 0 and <= 2 * MostCharacters && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !name.Contains("__", StringComparison.Ordinal) && !(name[0] == '_' && name.Length > 1)
        && !IsTaken(name, Rules(types).Outside, CppWords.Devices, CppWords.Headers);

    /// <summary>The name of the top function for a model.</summary>
    public static string Top(string model, HlsTypes types = HlsTypes.Ap) =>
        From(model, "model_", Rules(types).Outside, CppWords.Devices, CppWords.Headers);

    /// <summary>The name of the namespace beside a top function: <c>AP</c> alone is a name, but <c>AP_layers</c> begins as macros do.</summary>
    public static string Space(string top, HlsTypes types = HlsTypes.Ap) =>
        IsIdentifier(top + "_layers", types) ? top + "_layers" : "model_" + top + "_layers";

    /// <summary>The nearest identifier for a port.</summary>
    public static string Port(string name, HlsTypes types = HlsTypes.Ap) => From(name, "port_", Rules(types).Ports);

    /// <summary>The nearest identifier for a layer.</summary>
    public static string Layer(string name, HlsTypes types = HlsTypes.Ap) => From(name, "layer_", Rules(types).Layers, CppWords.Devices);

    private static CppNameRules Rules(HlsTypes types) => types switch
    {
        HlsTypes.Ap => Ap,
        HlsTypes.Ac => Ac,
        _ => throw new ArgumentOutOfRangeException(nameof(types), types, "There are no such types."),
    };

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
