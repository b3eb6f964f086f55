using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace HGQ.Cli.Commands;

/// <summary>Names of files, and commands as they are pasted.</summary>
internal static class ReportFiles
{
    /// <summary>The chosen model in the folder of a run.</summary>
    public const string Model = "model.hgq.json";

    /// <summary>Stands for the folder of a run, so that its files do not depend on how it is called.</summary>
    public const string Run = "RUN";

    private const string Plain = "._-/:=,@%+~";

    /// <summary>The words of the command that makes a run, its folder left open.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="folder">The option that names the folder.</param>
    public static IReadOnlyList<string> Words(ParseResult arguments, Option folder)
    {
        string[] words = [.. arguments.Tokens.Select(static token => token.Value)];
        for (int n = 1; n < words.Length; n++)
        {
            words[n] = words[n - 1] == folder.Name ? Run : words[n];
        }

        return words;
    }

    /// <summary>A command of this tool; words with other characters than those of paths and numbers stand in quotes.</summary>
    public static string Command(params string[] words) => string.Join(' ', words.Prepend("hgq").Select(Quoted));

    private static string Quoted(string word) => word.Length > 0 && word.All(IsPlain)
        ? word
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || Plain.Contains(character, StringComparison.Ordinal);
}
