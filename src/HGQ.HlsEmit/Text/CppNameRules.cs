using System.Collections.Generic;
using HGQ.Model.Naming;

namespace HGQ.HlsEmit.Text;

/// <summary>What names of a project may be.</summary>
/// <param name="Outside">Of the top function and the namespace, which lie outside of any namespace; the function also names files.</param>
/// <param name="Ports">Of ports.</param>
/// <param name="Layers">Of layers, which name functions and files.</param>
internal sealed record CppNameRules(NameRules Outside, NameRules Ports, NameRules Layers)
{
    /// <summary>The rules of a dialect.</summary>
    /// <param name="families">Beginnings of names of macros and types.</param>
    /// <param name="words">Words that are taken beside those of every project; null for none.</param>
    public static CppNameRules Of(string[] families, IReadOnlyCollection<string>? words)
    {
        return new CppNameRules(Rules(CppWords.Global), Rules(CppWords.Ports), Rules(CppWords.Layers));

        NameRules Rules(WordSet reserved) =>
            new(words is null ? reserved : reserved.With(words), CppName.MostCharacters) { ReservedPrefixes = families };
    }
}
