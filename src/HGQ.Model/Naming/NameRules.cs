using System;

namespace HGQ.Model.Naming;

/// <summary>What a name of a language may be. A back end states its rules once; <see cref="NameTable"/> gives names by them.</summary>
/// <param name="Reserved">Words that no name may be.</param>
/// <param name="MostCharacters">Length that no name exceeds, with whatever is put behind it.</param>
public sealed record NameRules(WordSet Reserved, int MostCharacters)
{
    /// <summary>Beginnings that no name may have, in any case: those of families of macros.</summary>
    public EquatableArray<string> ReservedPrefixes { get; init; } = default;

    /// <summary>What stands before the number that makes a name unique, and before the hash of a long one.</summary>
    public string Separator { get; init; } = "_";

    /// <summary>Whether names that differ in case only are the same: where they become names of files, or in VHDL.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Whether a name is kept for the language, a library or the emitter itself.</summary>
    public bool IsReserved(string name)
    {
        if (Reserved.Contains(name))
        {
            return true;
        }

        foreach (string prefix in ReservedPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
