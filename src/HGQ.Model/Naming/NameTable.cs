using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Model.Naming;

/// <summary>
/// Gives out names of one scope, each once. Everything that an emitter declares there is claimed here, names that it derives from
/// others as well, so that two declarations never meet whatever a model calls its layers.
/// </summary>
public sealed class NameTable
{
    // Room for the number that makes a name unique.
    private const int NumberRoom = 6;

    private static readonly string[] Itself = { "{0}" };

    private readonly NameRules _rules;
    private readonly HashSet<string> _taken;

    /// <summary>An empty scope.</summary>
    /// <param name="rules">Rules of the language.</param>
    public NameTable(NameRules rules)
    {
        _rules = rules;
        _taken = new HashSet<string>(rules.IgnoresCase ? StringComparer.OrdinalIgnoreCase : rules.Reserved.Comparer);
    }

    /// <summary>Takes a name that is an identifier already; where it is taken or reserved, one with a number behind it.</summary>
    /// <param name="wanted">An identifier.</param>
    public string Claim(string wanted) => Claim(wanted, Itself);

    /// <summary>Takes a name with all that is derived from it.</summary>
    /// <param name="wanted">An identifier.</param>
    /// <param name="forms">What is declared: texts in which <c>{0}</c> stands for the name, as in <c>{0}_t</c>.</param>
    /// <returns>The name; each form of it is taken.</returns>
    public string Claim(string wanted, IReadOnlyList<string> forms)
    {
        int most = _rules.MostCharacters - forms.Max(form => form.Length - 3) - NumberRoom;
        string name = NameText.Shortened(wanted, most, _rules.Separator), candidate = name;
        for (var n = 2; !IsFree(candidate, forms); n++)
        {
            candidate = name + _rules.Separator + n.ToString(CultureInfo.InvariantCulture);
        }

        foreach (string form in forms)
        {
            _taken.Add(Form(form, candidate));
        }

        return candidate;
    }

    /// <summary>Takes names that are fixed.</summary>
    public void Reserve(params string[] names) => _taken.UnionWith(names);

    private bool IsFree(string candidate, IReadOnlyList<string> forms)
    {
        foreach (string form in forms)
        {
            string name = Form(form, candidate);
            if (_taken.Contains(name) || _rules.IsReserved(name))
            {
                return false;
            }
        }

        return true;
    }

    private static string Form(string form, string name) => form.Replace("{0}", name);
}
