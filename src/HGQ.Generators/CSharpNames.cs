using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using HGQ.Generators.Text;
using HGQ.Model.Naming;
using HGQ.Model.Serialization;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Generators;

/// <summary>Names in C#: what may be one, which are taken, and how names of files and layers become some.</summary>
public static class CSharpNames
{
    /// <summary>Most characters of a name; the language has 511.</summary>
    public const int MostCharacters = 400;

    private static readonly WordSet Keywords = new(
        StringComparer.Ordinal,
        "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally "
        + "fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected "
        + "public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort "
        + "using virtual void volatile while");

    // Words with a meaning in some places: as a type's name they are refused by the compiler, or mislead a reader.
    private static readonly WordSet Contextual = new(
        StringComparer.Ordinal,
        "_ add alias allows and args ascending async await by descending dynamic equals extension field file from get global group init into join let managed nameof "
        + "nint not notnull nuint on or orderby partial record remove required scoped select set unmanaged value var when where with yield");

    // As a class of the global namespace these would hide what every project needs.
    private static readonly WordSet RootNamespaces = new(StringComparer.Ordinal, "HGQ Microsoft System");

    private static readonly NameRules Steps = new(new WordSet(StringComparer.Ordinal), 80) { Separator = "x" };

    /// <summary>The class that a model file gives where nobody names one: <c>jet_tagger.hgq.json</c> gives <c>JetTagger</c>.</summary>
    /// <remarks>
    /// Where that is the name of a member of every generated class, or of a namespace that every project has, <c>Model</c> is put
    /// behind it.
    /// </remarks>
    /// <param name="path">Path of the model file.</param>
    public static string ClassNameOf(string path)
    {
        string name = Path.GetFileName(path);
        bool known = name.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase);
        string pascal = NameText.Shortened(Pascal(known ? name.Substring(0, name.Length - ModelFile.Extension.Length) : name), MostCharacters);
        return ClassMembers.Contains(pascal) || RootNamespaces.Contains(pascal) ? pascal + "Model" : pascal;
    }

    /// <summary>
    /// The nearest namespace to a project's root namespace, which a project's name may have made: <c>my-app.1</c> gives
    /// <c>my_app._1</c>.
    /// </summary>
    /// <param name="text">Value of the property RootNamespace.</param>
    public static string NamespaceOf(string text) => string.Join(
        ".",
        text.Split('.').Select(part => new string(part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) && NameText.IsVisible(c) ? c : '_').ToArray()))
            .Where(part => part.Length > 0)
            .Select(part => Keywords.Contains(part) || !SyntaxFacts.IsIdentifierStartCharacter(part[0]) ? "_" + part : part)
            .Select(part => NameText.Shortened(part, MostCharacters)));

    /// <summary>What is wrong with a namespace and what to do, or null.</summary>
    /// <param name="text">A namespace; empty for the global one.</param>
    public static string? ProblemOfNamespace(string text)
    {
        foreach (string part in text.Length == 0 ? Array.Empty<string>() : text.Split('.'))
        {
            if (part.Length == 0)
            {
                return $"the namespace '{text}' has an empty part: write names with a single dot between them, as in A.B";
            }

            if (ProblemOf(part) is { } problem)
            {
                return $"'{part}' of the namespace '{text}' {problem}";
            }
        }

        return null;
    }

    /// <summary>What is wrong with the name of a class and what to do, or null.</summary>
    /// <param name="name">Name of a class to be generated.</param>
    /// <param name="text">Its namespace; empty for the global one.</param>
    public static string? ProblemOfClass(string name, string text)
    {
        string? problem = ProblemOf(name)
            ?? (Contextual.Contains(name) ? "is a word of the language: choose another name"
            : text.Length == 0 && RootNamespaces.Contains(name) ? "would hide the namespace of this name: set a namespace, or choose another name"
            : ClassMembers.Contains(name) ? $"is the name of a member of every generated class, and a class can't be named as its member: choose another name, for example {name}Model"
            : null);
        return problem is null ? null : $"the class name '{name}' {problem}";
    }

    /// <summary>
    /// The names of a layer's methods, without what the kernels put behind an underscore; all differ, and from the class's.
    /// </summary>
    internal static string[] OfSteps(IEnumerable<string> layers, string className)
    {
        var table = new NameTable(Steps);
        table.Reserve(className.Split('_')[0]);
        return layers.Select((layer, number) => table.Claim(NameText.Shortened(Pascal(layer), 64, "x") + Literal.Of(number))).ToArray();
    }

    /// <summary>
    /// The name's letters and digits, words capitalised: <c>dense_1</c> gives <c>Dense1</c>; never empty, never a digit first.
    /// </summary>
    internal static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var capital = true;
        foreach (char c in name)
        {
            bool usable = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            if (usable)
            {
                text.Append(capital && c is >= 'a' and <= 'z' ? (char)(c - 32) : c);
            }

            capital = !usable;
        }

        return text.Length == 0 ? "Model" : text[0] <= '9' ? "Model" + text : text.ToString();
    }

    // In the order in which one sees it.
    private static string? ProblemOf(string word) => Keywords.Contains(word) ? "is a keyword of C#: choose another name"
        : word.Length > MostCharacters ? $"is longer than {Literal.Of(MostCharacters)} characters: choose a shorter name"
        : word.Length > 0 && char.IsDigit(word[0]) ? "begins with a digit: put a letter or _ first"
        : !SyntaxFacts.IsValidIdentifier(word) || !word.All(c => NameText.IsVisible(c) || char.IsSurrogate(c)) ? "is no C# name: letters, digits and _ only, no digit first"
        : null;
}
